package import TrapLedger

/// What is watched of the gauges of one name.
package struct GaugeRule: Sendable, Hashable {
  package var name: GaugeName
  package var items: GaugeItems
  package var statistics: [StatisticRule]

  package init(name: GaugeName, items: GaugeItems = .total, statistics: [StatisticRule] = []) {
    self.name = name
    self.items = items
    self.statistics = statistics
  }
}
