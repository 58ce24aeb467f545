import Synchronization
import TrapBatching
import TrapClassification

/// Keeps what was placed, in order; `received` carries the test's own number of the trap.
final class PlacedLog: TrapLog {
  struct Trap: Equatable {
    let source: SourceAddress
    let number: Int64
    let route: RouteSetNumber
    let checksum: UInt32
  }

  private let placed = Mutex<[Trap]>([])

  var traps: [Trap] { placed.withLock { $0 } }
  func numbers(of source: SourceAddress) -> [Int64] { traps.filter { $0.source == source }.map(\.number) }

  func place(_ slab: borrowing Slab, routes: [RouteSetNumber], now: UInt64) -> UInt64 {
    precondition(routes.count == slab.count, "\(routes.count) routes for \(slab.count) traps")
    for index in 0..<slab.count where routes[index] != .none {
      let trap = slab.withDatagram(index) { facts, octets in
        Trap(
          source: facts.source, number: facts.received, route: routes[index], checksum: PlacedLog.checksum(octets))
      }
      placed.withLock { $0.append(trap) }
    }
    return 0
  }

  static func checksum(_ octets: Span<UInt8>) -> UInt32 {
    var sum = UInt32(octets.count)
    for index in 0..<octets.count { sum = sum &* 31 &+ UInt32(octets[index]) }
    return sum
  }
}
