/// What stands in the event queue for one processing engine at one moment.
package struct BacklogSurvey: Sendable, Equatable {
  /// Traps not yet handed over, and octets of their records.
  package var queued = 0
  package var queuedOctets = 0
  /// Traps in batches not yet answered for, and octets of their records.
  package var inFlight = 0
  package var inFlightOctets = 0
  package var batchesInFlight = 0
  package var unreportedGaps = 0
  /// When the oldest queued trap was appended, in monotonic nanoseconds (to about a millisecond); nil without one.
  package var headAppended: UInt64?
  /// Sequence number of the oldest queued trap; nil without one.
  package var headSequence: UInt64?
  /// The lowest sequence number that is not consumed: everything before it is.
  package var acknowledgedBefore: UInt64 = 0

  /// Everything not consumed.
  package var traps: Int { queued + inFlight }
  package var octets: Int { queuedOctets + inFlightOctets }
}
