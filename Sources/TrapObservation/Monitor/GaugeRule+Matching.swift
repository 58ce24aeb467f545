internal import TrapLedger

extension GaugeRule {
  internal func matches(_ gauge: WatchedGauge) -> Bool {
    guard gauge.name == name else { return false }
    switch items {
    case .total: return gauge.item.isEmpty
    case .item(let item): return gauge.item == item
    case .each: return !gauge.item.isEmpty
    }
  }
}
