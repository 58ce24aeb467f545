/// An inform that waits for its response.
internal struct ForwardWaiting {
  let message: ForwardMessage
  var sendings = 0
  /// How often it was sent again because the receiver told its engine ID or time: these do not count as attempts.
  var synchronizations = 0
  /// Monotonic nanoseconds.
  var resendAt: UInt64 = 0

  static let synchronizationsMax = 3
}
