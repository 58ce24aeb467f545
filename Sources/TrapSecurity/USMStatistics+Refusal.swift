extension USMStatistics.Counter {
  /// The counter of a refusal; nil where RFC 3414 §5 has none.
  package init?(_ refusal: USMRefusal) {
    switch refusal {
    case .unknownEngineID: self = .unknownEngineIDs
    case .unknownUser: self = .unknownUserNames
    case .unsupportedLevel: self = .unsupportedSecLevels
    case .wrongDigest: self = .wrongDigests
    case .notInTimeWindow: self = .notInTimeWindows
    case .decryptionError: self = .decryptionErrors
    case .minimumLevel, .repeat, .notANotification: return nil
    }
  }

  /// usmStats….0, which a report carries (RFC 3414 §5).
  package var objectIdentifier: [UInt32] { [1, 3, 6, 1, 6, 3, 15, 1, 1, UInt32(rawValue), 0] }
}
