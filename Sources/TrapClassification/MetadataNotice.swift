/// A change of a source's circuit, for the log.
package struct MetadataNotice: Sendable, Equatable {
  /// The source's name.
  package let source: String
  package let circuit: MetadataCircuit
  /// Why it opened; nil otherwise.
  package let reason: String?
  /// When it will be probed, in monotonic nanoseconds; nil where it is not open.
  package let nextProbe: UInt64?
  /// One more round of the same outage, for the same reason: nothing that a log has not said.
  package let isRepeat: Bool

  /// The line for the log.
  package func line(now: UInt64) -> String {
    switch circuit {
    case .closed: return "metadata \(source): it answers again; its circuit is closed"
    case .halfOpen: return "metadata \(source): trying whether it is back; its circuit is half-open"
    case .open:
      let probe = max(nextProbe ?? now, now)
      return "metadata \(source): \(reason ?? "it fails"); its circuit is open, "
        + "next try in \(MetadataNotice.time(probe - now))"
    }
  }

  /// Seconds where they are whole, and from ten on; else milliseconds.
  internal static func time(_ nanoseconds: UInt64) -> String {
    nanoseconds >= 10_000_000_000 || nanoseconds % 1_000_000_000 == 0
      ? "\(nanoseconds / 1_000_000_000) s" : "\(nanoseconds / 1_000_000) ms"
  }
}
