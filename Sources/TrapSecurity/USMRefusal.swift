/// Why a v3 message is not taken. Each is a cause of the ledger; the first six have a usmStats counter (RFC 3414 §5).
package enum USMRefusal: Error, CaseIterable, Sendable {
  /// The message is for an authoritative engine that this is not: an inform with another's engine ID.
  case unknownEngineID
  case unknownUser
  /// The user has no such protocol: encryption where it has no privacy, authentication where it has none.
  case unsupportedLevel
  case wrongDigest
  case notInTimeWindow
  /// Decrypted, it is no scoped PDU; or its salt has not the right size.
  case decryptionError
  /// Below what the user, the metadata or the listener asks for.
  case minimumLevel
  /// Octet for octet a recent one of the same engine.
  case `repeat`
  /// Verified, and no notification.
  case notANotification
}
