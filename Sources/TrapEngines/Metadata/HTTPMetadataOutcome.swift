internal import TrapClassification

/// How one asking ended.
internal enum HTTPMetadataOutcome: Sendable {
  case answered(MetadataAnswer)
  /// `retryAfter`: nanoseconds that the service wants to be left alone for; nil where it says nothing.
  case failed(reason: String, retryAfter: UInt64?)
  /// The service was connected to, and said nothing in time.
  case timedOut(reason: String)
}
