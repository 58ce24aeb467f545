/// A change of a source's circuit, for the log.
package struct MetadataNotice: Sendable, Equatable {
  /// The source's name.
  package let source: String
  package let circuit: MetadataCircuit
  /// Why it opened; nil otherwise.
  package let reason: String?
  /// When it will be probed, in monotonic nanoseconds; nil where it is not open.
  package let nextProbe: UInt64?
}
