internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

/// An event queue with engines by name, driven by hand: what the tests of the queue share.
final class QueueBench {
  let ledger: Ledger
  let routeSets = RouteSetTable()
  let queue: EventQueue
  let waker = Waker()
  var numbers: [String: EngineNumber] = [:]
  var now: UInt64 = 1_000_000_000
  /// `received` of the trap of sequence number n is n here, which makes gaps' times easy to predict.
  private var slab = Slab(octetCapacity: 1 << 17, entryCapacity: 2048)

  static let first = UInt64(1) << 32

  init(bound: Int = 1 << 22, segmentOctets: Int = 1 << 16) throws {
    ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    queue = EventQueue(boot: 1, bound: bound, segmentOctets: segmentOctets, routeSets: routeSets, waker: waker)
    queue.setListeners(["main", "branch"])
  }

  @discardableResult
  func join(
    _ name: String, start: StartPosition = .now, _ change: (inout DeliverySettings) -> Void = { _ in },
    wants: RetainedTrapTest? = nil
  ) throws -> EngineNumber {
    var settings = DeliverySettings()
    change(&settings)
    let number = try unwrapped(
      queue.register(try ledger.engine(name), settings: settings, start: start, wants: wants))
    numbers[name] = number
    return number
  }

  func line(_ name: String) throws -> EngineLedger { try ledger.engine(name) }

  /// Appends one trap; its octets all are the last of its sequence number.
  func append(to engines: [String], source: UInt32 = 1, octets: Int = 100) {
    let sequence = queue.statistics.nextSequence
    let facts = ArrivalFacts(
      received: Int64(sequence), source: SourceAddress(ipv4: source), port: 50_000, listener: 1)
    slab.removeAll()
    let appended = slab.append(facts, [UInt8](repeating: UInt8(truncatingIfNeeded: sequence), count: octets).span)
    precondition(appended)
    let route = engines.isEmpty ? RouteSetNumber.none : routeSets.number(of: RouteSet(engines: engines))
    queue.append(slab, routes: [route], now: now)
  }

  func fetch(_ name: String) -> DeliveryBatch? { numbers[name].flatMap { queue.fetch($0) } }

  /// Fetches and acknowledges until nothing comes; what came, in order.
  func takeAll(_ name: String) -> [Taken] {
    var taken: [Taken] = []
    while let batch = fetch(name) {
      taken += batch.gaps.map { .gap($0) } + batch.sequences.map { .trap($0) }
      queue.acknowledge(numbers[name]!, batch, wall: 5)
    }
    return taken
  }

  func survey(_ name: String) -> BacklogSurvey { queue.survey(numbers[name]!)! }

  enum Taken: Equatable {
    case trap(UInt64)
    case gap(Gap)
  }
}

extension DeliveryBatch {
  var sequences: [UInt64] {
    var found: [UInt64] = []
    forEachTrap { trap, _ in found.append(trap.sequence) }
    return found
  }
}

struct Missing: Error {}
func unwrapped<T>(_ value: T?) throws -> T {
  guard let value else { throw Missing() }
  return value
}
