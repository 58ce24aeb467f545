/// Whether a source of metadata is asked.
package enum MetadataCircuit: String, Sendable, Equatable {
  /// Asked whenever a key misses.
  case closed
  /// It failed, and is left alone until the next probe.
  case open
  /// One request is on its way to see whether it is back.
  case halfOpen = "half-open"
}
