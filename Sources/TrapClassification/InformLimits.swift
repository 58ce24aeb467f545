/// How long, and how many, answered informs are remembered. Times in nanoseconds.
package struct InformLimits: Sendable, Equatable {
  /// An equal inform within this time of the first one's acceptance is a repeat.
  package var window: UInt64
  /// Octets of what is remembered; at the bound the oldest is forgotten, and a repeat of it is delivered again.
  package var bound: Int

  package init(window: UInt64 = 150_000_000_000, bound: Int = 4 << 20) {
    self.window = window
    self.bound = bound
  }
}
