package import TrapBatching
package import TrapLedger

/// A v3 message that was refused, for the log: who sent it, as whom, and why. No secret is in it.
package struct RefusalNotice: Sendable, Equatable {
  /// Whose clock says whether the message is in its time window.
  package enum Clock: Sendable {
    case sender
    /// It is for our own engine ID.
    case ours
    /// The same, and our boots can be trusted no more (RFC 3414 §2.2.2).
    case oursLatched
  }

  package let cause: Cause
  package let source: SourceAddress
  package let listener: UInt16
  /// What it claims: printable ASCII as it stands, else hexadecimal after `0x`.
  package let user: String
  package let engineID: String
  package let clock: Clock
  /// How many more were refused for this cause since the last notice of it.
  package let suppressed: UInt64

  /// Whether nothing needs doing: an inform that does not know our clock yet is how its sender learns it.
  package var isExpected: Bool { cause == .notInTimeWindow && clock == .ours }

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
    case .notInTimeWindow: clockRemedy
    case .unknownEngineID: "an inform meant for another engine ID than ours"
    default: nil
    }
  }

  private var clockRemedy: String {
    switch clock {
    case .sender: "older than 150 s, or of an earlier boot; if the device was reset: trapline v3 forget"
    case .ours: "by another clock than ours: its sender is told ours and sends again, as after each of our restarts"
    case .oursLatched: "our engine boots cannot be trusted any more; the log of the start says what to do"
    }
  }
}
