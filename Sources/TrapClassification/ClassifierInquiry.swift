internal import TrapBatching
internal import TrapSecurity

internal typealias CredentialsQuestion = @Sendable (Credentials?) -> Void
internal typealias CredentialsReply = (reply: CredentialsQuestion, credentials: Credentials?)

/// What other threads want to know of what only the classification thread may touch.
internal enum ClassifierInquiry: Sendable {
  case credentials(SourceAddress, listener: UInt16, reply: CredentialsQuestion)
  case engineTimes(wall: Int64, reply: @Sendable ([EngineTimeRecord]) -> Void)
  case forget(engineID: [UInt8], reply: @Sendable (Bool) -> Void)
}
