import Glibc
import Testing
import TrapBatching
import TrapLedger

@testable import TrapArrival

@Suite("Sockets")
struct SocketTests {
  private static func address(_ host: String, _ port: UInt16 = 0) -> ListenerAddress {
    ListenerAddress(address: SourceAddress(host)!, port: port)
  }

  /// A bound UDP socket as another program, or a service manager, would have it.
  private static func foreign(_ address: ListenerAddress, reusePort: Bool = false) throws(ArrivalError) -> CInt {
    let made = socket(address.isIPv4 ? AF_INET : AF_INET6, CInt(SOCK_DGRAM.rawValue), 0)
    var one: CInt = 1
    if reusePort { _ = unsafe setsockopt(made, SOL_SOCKET, SO_REUSEPORT, &one, 4) }
    do throws(ArrivalError) {
      try SocketAddress.bind(made, to: address)
    } catch {
      close(made)
      throw error
    }
    return made
  }

  @Test("A second listener on the same port is refused", arguments: [1, 4], [1, 4])
  func secondInstance(_ lanes: Int, _ others: Int) throws {
    let first = try Bench.open("127.0.0.1", lanes: lanes)
    let error = #expect(throws: ArrivalError.portInUse(first.address)) {
      try ListenerSockets.open(address: first.address, lanes: others, receiveBuffer: 4096)
    }
    #expect(error?.description.contains("ss -ulpn 'sport = :\(first.address.port)'") == true)
  }

  @Test("A program that came first keeps its port, whatever it shares", arguments: [false, true])
  func foreignFirst(_ reusePort: Bool) throws {
    let other = try Self.foreign(Self.address("127.0.0.1"), reusePort: reusePort)
    defer { close(other) }
    let bound = try #require(SocketAddress.bound(other))
    #expect(throws: ArrivalError.portInUse(bound)) {
      try ListenerSockets.open(address: bound, lanes: 4, receiveBuffer: 4096)
    }
  }

  @Test("A program that comes later is refused", arguments: [1, 4])
  func foreignLater(_ lanes: Int) throws {
    let first = try Bench.open("127.0.0.1", lanes: lanes)
    #expect(throws: ArrivalError.portInUse(first.address)) { try Self.foreign(first.address) }
  }

  @Test("With one lane not even a program that shares ports gets in")
  func foreignSharing() throws {
    let first = try Bench.open("127.0.0.1")
    #expect(throws: ArrivalError.portInUse(first.address)) { try Self.foreign(first.address, reusePort: true) }
  }

  @Test("An address of another machine is named as such")
  func addressElsewhere() {
    let address = Self.address("192.0.2.1", 1162)
    #expect(throws: ArrivalError.addressNotHere(address)) {
      try ListenerSockets.open(address: address, lanes: 1, receiveBuffer: 4096)
    }
    #expect(ArrivalError.binding(address, code: EACCES) == .portForbidden(address))
  }

  @Test("A clamped receive buffer is a warning with the remedy, an ample one is not")
  func clampedBuffer() throws {
    let asked = 1 << 30
    let clamped = try ListenerSockets.open(
      address: Self.address("127.0.0.1"), lanes: 2, receiveBuffer: asked, way: .clamped)
    #expect(clamped.receiveBuffer < asked)
    #expect(clamped.receiveBuffer > 0)
    #expect(clamped.warnings.count == 1)
    #expect(clamped.warnings.first?.contains("sysctl -w net.core.rmem_max=\(asked)") == true)
    #expect(clamped.warnings.first?.contains("\(clamped.receiveBuffer) granted") == true)
    let ample = try ListenerSockets.open(
      address: Self.address("127.0.0.1"), lanes: 1, receiveBuffer: 65_536, way: .clamped)
    #expect(ample.warnings.isEmpty)
    #expect(ample.receiveBuffer >= 65_536)
  }

  @Test("Handed-over sockets are matched by address and port, and what was queued in them is read")
  func inherited() throws {
    let one = try Self.foreign(Self.address("127.0.0.1"))
    let other = try Self.foreign(Self.address("127.0.0.2"))
    let bound = try #require(SocketAddress.bound(one))
    let sender = try Sender(from: "127.0.0.1")
    #expect(sender.send(SampleTrap.v2c(), to: "127.0.0.1", port: bound.port))
    var handed = try InheritedSockets(descriptors: [other, one])
    let sockets = try handed.open(address: bound, lanes: 2, receiveBuffer: 4096)
    #expect(handed.unused == [SocketAddress.bound(other)])
    #expect(sockets.warnings.contains { $0.contains("gave 1 sockets") })
    let bench = try Bench(sockets)
    #expect(bench.listener.row.isInherited && bench.listener.row.lanes == 1)
    #expect(sender.send(SampleTrap.v2c(), to: "127.0.0.1", port: bound.port))
    try bench.readAll()
    let traps = bench.takeTraps()
    #expect(traps.map(\.facts.source) == [SourceAddress("127.0.0.1"), SourceAddress("127.0.0.1")])
    // The options were set on the socket as it was handed over, so the second one has its facts.
    #expect(traps.last?.facts.local == SourceAddress("127.0.0.1"))
    close(other)
  }

  @Test("What a socket of the service manager's dropped while no daemon ran is counted, once, by the next run")
  func inheritedDrops() throws {
    let descriptor = try Self.foreign(Self.address("127.0.0.1"))
    let bound = try #require(SocketAddress.bound(descriptor))
    let sender = try Sender(from: "127.0.0.1")
    var former: ListenerLedger?
    for run in 1...3 {
      // More than the socket's buffer holds, while no daemon reads it.
      var sent: UInt64 = 0
      for _ in 0..<4000 where sender.send(SampleTrap.v2c(), to: "127.0.0.1", port: bound.port) { sent += 1 }
      // The service manager keeps its own descriptor of the same socket.
      var handed = try InheritedSockets(descriptors: [dup(descriptor)])
      let bench = try Bench(try handed.open(address: bound, lanes: 1, receiveBuffer: 1), former: former)
      try bench.readAll()
      #expect(bench.line.arrived == sent, "run \(run)")
      #expect(bench.line.refused(.kernelDrop) > 0 && bench.line.accepted > 0)
      #expect(bench.isBalanced)
      former = bench.line
    }
    close(descriptor)
  }

  @Test("A descriptor that is no bound UDP socket is refused")
  func unusableInherited() {
    let stream = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    let unbound = socket(AF_INET, CInt(SOCK_DGRAM.rawValue), 0)
    defer {
      close(stream)
      close(unbound)
    }
    #expect(throws: ArrivalError.inheritedUnusable(descriptor: stream, problem: "it is no UDP socket")) {
      try InheritedSockets(descriptors: [stream])
    }
    let nowhere = "it is bound to no address and port"
    #expect(throws: ArrivalError.inheritedUnusable(descriptor: unbound, problem: nowhere)) {
      try InheritedSockets(descriptors: [unbound])
    }
  }
}
