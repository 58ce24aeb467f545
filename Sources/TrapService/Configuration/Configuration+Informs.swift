extension Configuration {
  /// `<informs>`: what keeps informs from being delivered twice or acknowledged too soon.
  package struct Informs: Equatable, Sendable {
    /// Percent of the event queue above which an inform is neither taken nor answered.
    package var highWater = 90
    /// Octets of the informs that a repeat is compared with; nil: derived.
    package var repeats: Int?
    /// How long an inform is remembered.
    package var repeatWindow: UInt64 = 150_000_000_000

    package init() {}
  }
}
