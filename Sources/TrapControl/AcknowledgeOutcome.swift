/// What an engine says of a batch that it fetched: `?outcome=` of the acknowledgement.
package enum AcknowledgeOutcome: String, Sendable, CaseIterable {
  /// It has the traps.
  case done
  /// Not now: the same batch again, after a pause.
  case retry
  /// It will never take this batch: it is halved until the poisonous traps stand alone.
  case dead
}
