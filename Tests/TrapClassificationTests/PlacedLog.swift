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
    var marks: TrapMarks = []
    /// nil where it is the source.
    var agent: SourceAddress?
  }

  private let placed = Mutex<[Trap]>([])
  private let unclaimed = Mutex<Set<RouteSetNumber>>([])

  var traps: [Trap] { placed.withLock { $0 } }
  /// The processing engines of these routes are gone.
  func disclaim(_ routes: Set<RouteSetNumber>) { unclaimed.withLock { $0 = routes } }
  func numbers(of source: SourceAddress) -> [Int64] { traps.filter { $0.source == source }.map(\.number) }

  func place(_ slab: borrowing Slab, _ placements: [Placement], agents: [SourceAddress], now: UInt64) -> UInt64 {
    let routes = placements.map(\.route)
    precondition(routes.count == slab.count, "\(routes.count) routes for \(slab.count) traps")
    var without: UInt64 = 0
    for index in 0..<slab.count where routes[index] != .none {
      if unclaimed.withLock({ $0.contains(routes[index]) }) {
        without += 1
        continue
      }
      let trap = slab.withDatagram(index) { facts, octets in
        Trap(
          source: facts.source, number: facts.received, route: routes[index], checksum: PlacedLog.checksum(octets),
          marks: placements[index].marks,
          agent: placements[index].agent == 0 ? nil : agents[Int(placements[index].agent) - 1])
      }
      placed.withLock { $0.append(trap) }
    }
    return without
  }

  static func checksum(_ octets: Span<UInt8>) -> UInt32 {
    var sum = UInt32(octets.count)
    for index in 0..<octets.count { sum = sum &* 31 &+ UInt32(octets[index]) }
    return sum
  }
}
