package import TrapLedger

extension Configuration {
  /// `<gauge>`: one gauge that is watched, or several by one name.
  package struct MonitorGauge: Equatable, Sendable {
    package enum Item: Equatable, Sendable {
      /// The only gauge of its name, or the sum over the items.
      case total
      case named(String)
      /// Each item by itself, those that come later included.
      case each
    }

    package var name: GaugeName
    package var item = Item.total
    /// At least one.
    package var statistics: [MonitorStatistic] = []

    package init(name: GaugeName) { self.name = name }
  }
}
