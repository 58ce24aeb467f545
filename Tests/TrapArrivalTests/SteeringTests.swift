import Testing
import TrapBatching

@testable import TrapArrival

@Suite("Steering")
struct SteeringTests {
  /// Sends six traps per source, each from a new port, and returns the lanes that each source's traps came to.
  private func lanesBySource(_ bound: String, _ sources: [String], to host: String) throws -> [SourceAddress: Set<Int>] {
    let sockets = try Bench.open(bound, lanes: 4)
    for source in sources {
      for _ in 0..<6 {
        #expect(try Sender(from: source).send(SampleTrap.v2c(), to: host, port: sockets.address.port))
      }
    }
    var lanes: [SourceAddress: Set<Int>] = [:]
    var total = 0
    for (number, socket) in sockets.lanes.enumerated() {
      var vector = ReceiveVector()
      var failure: CInt = 0
      while vector.receive(from: socket.descriptor, failure: &failure) > 0 {
        for index in 0..<vector.count {
          total += 1
          lanes[vector.facts(index, listener: 0) { 0 }.source, default: []].insert(number)
        }
      }
    }
    #expect(total == sources.count * 6)
    return lanes
  }

  @Test("A source stays on one lane whatever its port, and the sources spread", arguments: ["0.0.0.0", "::"])
  func ipv4(_ bound: String) throws {
    let lanes = try lanesBySource(bound, (1...64).map { "127.0.7.\($0)" }, to: "127.0.0.1")
    #expect(lanes.count == 64)
    #expect(lanes.values.allSatisfy { $0.count == 1 })
    // 16 each if it were even; a hash that ignored the last octet would leave lanes empty.
    for lane in 0..<4 { #expect(lanes.values.count { $0 == [lane] } >= 6) }
  }

  @Test("IPv6 sources too, where this machine has 64 of them")
  func ipv6() throws {
    let sources = (1...64).map { "fd00:7472:6170::\(String($0, radix: 16))" }
    guard (try? Sender(from: sources[0])) != nil else {
      print("IPv6 steering skipped: the loopback interface has no addresses fd00:7472:6170::1 to ::40")
      return
    }
    let lanes = try lanesBySource("::", sources, to: "::1")
    #expect(lanes.count == 64)
    #expect(lanes.values.allSatisfy { $0.count == 1 })
    for lane in 0..<4 { #expect(lanes.values.count { $0 == [lane] } >= 6) }
  }
}
