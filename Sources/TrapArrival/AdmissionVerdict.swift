package import TrapLedger

/// Whether a datagram becomes a trap of ours.
package enum AdmissionVerdict: Sendable, Equatable {
  case accepted
  /// Queued like an accepted one, but whether it is accepted is decided after it: a v3 message that must be verified, an
  /// inform that may be a repeat.
  case deferred
  /// A v3 message that asks for our engine ID or time.
  case discovery
  /// A cause of the tier `refused`.
  case refused(Cause)

  /// Whether it goes to the classification.
  internal var isQueued: Bool {
    switch self {
    case .accepted, .deferred: true
    case .discovery, .refused: false
    }
  }
}
