package import TrapLedger

/// Whether a datagram becomes a trap of ours.
package enum AdmissionVerdict: Sendable, Equatable {
  case accepted
  /// A cause of the tier `refused`.
  case refused(Cause)
}
