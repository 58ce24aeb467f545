/// What a Report says (RFC 3414 §5, usmStats).
internal enum PollReport: UInt, Equatable {
  case unsupportedSecLevels = 1
  case notInTimeWindows
  case unknownUserNames
  case unknownEngineIDs
  case wrongDigests
  case decryptionErrors
  case other

  /// By the name of the Report's first varbind.
  internal init(_ name: [UInt]) {
    let isUSM = name.starts(with: [1, 3, 6, 1, 6, 3, 15, 1, 1])
    self = isUSM && name.count > 9 ? PollReport(rawValue: name[9]) ?? .other : .other
  }

  /// What is wrong, and the remedy. `name`: of the credentials.
  internal func text(_ name: String) -> String {
    switch self {
    case .unsupportedSecLevels:
      "usmStatsUnsupportedSecLevels: the agent has the user of credentials \(name) at a lower security level; "
        + "give both the same auth and priv"
    case .notInTimeWindows: "usmStatsNotInTimeWindows: the agent does not agree on its own time; ask again"
    case .unknownUserNames: "usmStatsUnknownUserNames: the agent does not know the user of credentials \(name)"
    case .unknownEngineIDs: "usmStatsUnknownEngineIDs: the agent changed its engine ID meanwhile; ask again"
    case .wrongDigests:
      "usmStatsWrongDigests: the agent refuses the authentication of credentials \(name); compare auth and auth-secret"
    case .decryptionErrors:
      "usmStatsDecryptionErrors: the agent cannot decrypt with credentials \(name); compare priv and priv-secret"
    case .other: "the agent answers with a Report that is none of SNMPv3's User-based Security Model"
    }
  }
}
