internal import TrapLedger
internal import TrapSecurity

extension Cause {
  /// What the ledger calls it.
  internal init(_ refusal: USMRefusal) {
    self =
      switch refusal {
      case .unknownEngineID: .unknownEngineID
      case .unknownUser: .unknownUser
      case .unsupportedLevel: .unsupportedLevel
      case .wrongDigest: .wrongDigest
      case .notInTimeWindow: .notInTimeWindow
      case .decryptionError: .decryptionError
      case .minimumLevel: .minimumLevel
      case .repeat: .repeated
      case .notANotification: .notANotification
      }
  }
}
