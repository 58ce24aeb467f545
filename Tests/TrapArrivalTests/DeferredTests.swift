import Testing
import TrapBatching
import TrapLedger

@testable import TrapArrival

@Suite("What is decided later")
struct DeferredTests {
  private static let admission = Admission(communities: nil, v3: .verify, informs: .answer)

  @Test("Deferred traps are queued in their place and not counted: they are what arrived is ahead by")
  func counting() throws {
    let bench = try Bench(Bench.open("127.0.0.1"), admission: Self.admission)
    let sender = try Sender(from: "127.0.0.1")
    let v3 = SampleV3.message(pdu: SampleV3.trap, flags: 0, engineID: SampleV3.otherEngineID, user: "noc")
    let sent = [SampleTrap.v2c(), v3, SampleTrap.inform, SampleTrap.v2c(requestID: 2), v3]
    for octets in sent + [SampleTrap.get] { #expect(sender.send(octets, to: "127.0.0.1", port: bench.port)) }
    try bench.readAll()
    #expect(bench.line.arrived == 6)
    #expect(bench.line.accepted == 2)
    #expect(bench.line.refused == 1)
    #expect(bench.takeTraps().map(\.octets) == sent)
    #expect(bench.line.arrived - bench.line.accepted - bench.line.answered - bench.line.refused == 3)
  }

  @Test("At the queue's bound a deferred trap is refused as batch-bound")
  func bound() throws {
    let bound = Slab.pinnedOctets(octetCapacity: 262_144, entryCapacity: 1024)
    let bench = try Bench(Bench.open("127.0.0.1"), admission: Self.admission, bound: bound)
    let sender = try Sender(from: "127.0.0.1")
    var sent: UInt64 = 0
    for _ in 0..<1100 where sender.send(SampleTrap.inform, to: "127.0.0.1", port: bench.port) { sent += 1 }
    try bench.readAll()
    #expect(bench.line.accepted == 0)
    #expect(bench.line.arrived == sent)
    #expect(bench.line.refused == sent - 1024)
    #expect(bench.line.refused(.batchBound) > 0)
    #expect(bench.takeTraps().count == 1024)
  }
}
