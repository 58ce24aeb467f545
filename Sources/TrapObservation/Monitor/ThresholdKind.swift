/// When a threshold of value θ is raised and when it ends, s being its statistic. The raw value is the configuration's
/// `type`.
package enum ThresholdKind: String, Sendable, CaseIterable {
  /// Raised when s reaches or exceeds θ (≥). Nobody is told of its end: it is armed again when s is below θ.
  case above
  /// Raised when s reaches or is below θ (≤). Nobody is told of its end: it is armed again when s exceeds θ.
  case below
  /// Raised at s ≥ θ; cleared at s < θ or, with a clear value c of its own, when s has reached it: s ≤ c.
  case aboveWithCancel = "above-with-cancel"
  /// Raised at s ≤ θ; cleared at s > θ or, with a clear value c of its own, when s has reached it: s ≥ c.
  case belowWithCancel = "below-with-cancel"

  package var isAbove: Bool { self == .above || self == .aboveWithCancel }
  package var cancels: Bool { self == .aboveWithCancel || self == .belowWithCancel }
}
