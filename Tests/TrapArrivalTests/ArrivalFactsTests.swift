import Testing
import TrapBatching
import TrapLedger

@testable import TrapArrival

@Suite("Arrival facts")
struct ArrivalFactsTests {
  @Test(
    "Source, port, local address, interface and kernel time are those of the datagram",
    arguments: [
      ("0.0.0.0", "127.0.0.5", "127.0.0.77"), ("127.0.0.1", "127.0.0.9", "127.0.0.1"),
      ("::", "127.0.0.5", "127.0.0.88"), ("::", "::1", "::1"), ("::1", "::1", "::1"),
    ])
  func facts(_ bound: String, _ source: String, _ destination: String) throws {
    let bench = try Bench(Bench.open(bound))
    let sender = try Sender(from: source)
    let before = SystemClock.wall()
    let trap = SampleTrap.v2c(requestID: 0x0102_0304)
    #expect(sender.send(trap, to: destination, port: bench.port))
    let after = SystemClock.wall()
    try bench.readAll()
    let traps = bench.takeTraps()
    #expect(traps.count == 1)
    let arrived = try #require(traps.first)
    #expect(arrived.octets == trap)
    #expect(arrived.facts.source == SourceAddress(source))
    #expect(arrived.facts.port == sender.port)
    #expect(arrived.facts.local == SourceAddress(destination))
    #expect(arrived.facts.listener == 3)
    #expect(arrived.facts.interface == 1)
    // The kernel's time of arrival, not the time of the read.
    #expect(arrived.facts.received >= before && arrived.facts.received <= after)
    #expect(bench.line.arrived == 1 && bench.line.accepted == 1 && bench.isBalanced)
  }

  @Test("An IPv6-only socket takes no IPv4 datagram")
  func ipv6Only() throws {
    let bench = try Bench(Bench.open("::", isIPv6Only: true))
    #expect(try Sender(from: "127.0.0.1").send(SampleTrap.v2c(), to: "127.0.0.1", port: bench.port))
    #expect(try Sender(from: "::1").send(SampleTrap.v2c(), to: "::1", port: bench.port))
    try bench.readAll()
    #expect(bench.takeTraps().map(\.facts.source) == [SourceAddress("::1")])
  }

  @Test("Traps of one source come out in the order in which they were sent, over many reads")
  func order() throws {
    let bench = try Bench(Bench.open("127.0.0.1"))
    let sender = try Sender(from: "127.0.0.1")
    let sent = (0..<300).map { SampleTrap.v2c(requestID: $0) }
    for trap in sent { #expect(sender.send(trap, to: "127.0.0.1", port: bench.port)) }
    try bench.readAll()
    #expect(bench.takeTraps().map(\.octets) == sent)
  }
}
