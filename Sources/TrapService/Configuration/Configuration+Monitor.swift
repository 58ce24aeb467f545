extension Configuration {
  /// `<monitor>`: which gauges are watched, with which thresholds, and who is told.
  package struct Monitor: Equatable, Sendable {
    package enum Defaults: String, CaseIterable, Sendable {
      /// What ships is watched too, but for gauges that are written.
      case on
      case off
    }

    package var defaults = Defaults.on
    package var managers: [Manager] = []
    package var programs: [MonitorProgram] = []
    /// In force: those that are written in the order of the file, then those that ship.
    package var gauges: [MonitorGauge] = []

    package init() {}
  }
}
