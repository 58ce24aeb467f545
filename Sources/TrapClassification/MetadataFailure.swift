/// A request that got no answer this time, and why.
internal struct MetadataFailure: Sendable {
  static let reasonOctetsMax = 200

  let id: UInt64
  /// Which asking of the request: one that was given up before, and asked again, may fail late.
  let attempt: Int
  let reason: String
  /// How long the source asked to be left alone, in nanoseconds.
  let retryAfter: UInt64?
  /// The source's own timeout has passed.
  let isTimeout: Bool

  init(_ request: MetadataRequest, reason: String, retryAfter: UInt64?, isTimeout: Bool) {
    id = request.id
    attempt = request.attempt
    self.isTimeout = isTimeout
    self.reason = String(decoding: reason.utf8.prefix(MetadataFailure.reasonOctetsMax), as: UTF8.self)
    self.retryAfter = retryAfter
  }
}
