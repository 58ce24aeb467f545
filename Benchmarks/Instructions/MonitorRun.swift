internal import Synchronization
internal import TrapLedger
internal import TrapObservation

/// Updates of one gauge, to be counted from outside.
enum MonitorRun: String {
  /// An atomic add and nothing else.
  case bare
  /// A gauge that nobody watches.
  case unwatched
  /// One with 16 thresholds that cannot fire.
  case watched
  /// The same of an item, which adds to a sum that has 16 too.
  case item
  /// One with a leaky bucket, which has to see every update.
  case bucket

  private final class Cell: Sendable {
    let value = Atomic<Int64>(0)

    @inline(never)
    func add(_ amount: Int64) { value.wrappingAdd(amount, ordering: .sequentiallyConsistent) }
  }

  /// The value goes to and fro between 0 and 1.
  func perform(updates: Int) -> Int64 {
    guard self != .bare else {
      let cell = Cell()
      for number in 0..<updates { cell.add(1 - 2 * Int64(number & 1)) }
      return cell.value.load(ordering: .relaxed)
    }
    let board = GaugeBoard()
    let gauge = board.gauge(.engineLagTraps, item: self == .item ? "a" : "")
    let monitor = ResourceMonitor(board: board, clock: { 0 }, wall: { 0 })
    if self != .unwatched { monitor.replace(rules) }
    for number in 0..<updates { gauge.add(1 - 2 * Int64(number & 1)) }
    return withExtendedLifetime(monitor) { gauge.current }
  }

  private var rules: [GaugeRule] {
    let kinds: [ThresholdKind] = [.above, .below, .aboveWithCancel, .belowWithCancel]
    let thresholds = (1...16).map { number in
      let kind = kinds[number % 4]
      return ThresholdRule(kind: kind, value: .value(Int64(kind.isAbove ? 100 * number : -100 * number)))
    }
    let kind: StatisticKind = self == .bucket ? .leakyBucket(drain: 1, period: 1) : .absolute
    let statistic = StatisticRule(kind: kind, thresholds: self == .bucket ? [thresholds[1]] : thresholds)
    return [GaugeItems.total, .each].map { GaugeRule(name: .engineLagTraps, items: $0, statistics: [statistic]) }
  }
}
