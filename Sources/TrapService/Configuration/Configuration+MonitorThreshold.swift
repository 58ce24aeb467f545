package import TrapObservation

extension Configuration {
  /// `<threshold>`: the value of a statistic at which something is done.
  package struct MonitorThreshold: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
      /// Raised where the value reaches or exceeds it; nobody is told of the end.
      case above
      /// Raised where the value reaches or is below it.
      case below
      case aboveWithCancel = "above-with-cancel"
      case belowWithCancel = "below-with-cancel"

      var isAbove: Bool { self == .above || self == .aboveWithCancel }
      var cancels: Bool { self == .aboveWithCancel || self == .belowWithCancel }
    }

    package enum Value: Equatable, Sendable {
      /// In the gauge's unit; nanoseconds of a time.
      case absolute(Int64)
      /// 1...100 of the gauge's limit, or of a leaky bucket's capacity.
      case percent(Int)
    }

    /// Where the value is beyond it at the first look.
    package enum Startup: String, CaseIterable, Sendable {
      case raise
      /// Not raised before the value has been on the other side once.
      case wait
    }

    package var kind: Kind
    package var value: Value
    /// Where it is cleared; nil: as soon as the value is on the other side of `value`.
    package var clear: Value?
    package var severity = ThresholdSeverity.minor
    /// Nanoseconds for which the value has to stay beyond it before it is raised.
    package var hold: UInt64 = 0
    /// Nanoseconds between two events of it; what comes between is told later.
    package var minimumInterval: UInt64 = 0
    package var startup = Startup.raise
    /// `log`, `notify` or names of programs; at least one.
    package var actions: [String] = ["log"]

    package init(kind: Kind, value: Value) {
      self.kind = kind
      self.value = value
    }
  }
}
