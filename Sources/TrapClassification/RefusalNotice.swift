package import TrapBatching
package import TrapLedger

/// A v3 message that was refused, for the log: who sent it, as whom, and why. No secret is in it.
package struct RefusalNotice: Sendable, Equatable {
  package let cause: Cause
  package let source: SourceAddress
  package let listener: UInt16
  /// What it claims: printable ASCII as it stands, else hexadecimal after `0x`.
  package let user: String
  package let engineID: String
  /// How many more were refused for this cause since the last notice of it.
  package let suppressed: UInt64

  /// The line for the log.
  package var line: String {
    let more = suppressed > 0 ? "; \(suppressed) more for this cause since the last such line" : ""
    return "SNMPv3 message of \(source) refused: \(cause.name); user \(user.isEmpty ? "(none)" : user), "
      + "engine ID \(engineID.isEmpty ? "(none)" : engineID)\(remedy.map { "; \($0)" } ?? "")\(more)"
  }

  /// What to look at.
  private var remedy: String? {
    switch cause {
    case .unknownUser: "no user of that name is known for that engine ID"
    case .unsupportedLevel: "the user has no auth, or no priv, for its level"
    case .wrongDigest: "compare auth and auth-secret with the sender's"
    case .decryptionError: "compare priv and priv-secret with the sender's"
    case .minimumLevel: "the sender has to raise its level, or minimum-level be lowered"
    case .notInTimeWindow: "older than 150 s, or of an earlier boot; if the device was reset: trapline v3 forget"
    case .unknownEngineID: "an inform meant for another engine ID than ours"
    default: nil
    }
  }
}
