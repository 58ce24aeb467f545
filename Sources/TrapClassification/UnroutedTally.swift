internal import TrapLedger

/// What one slab left unrouted, booked in one go.
internal struct UnroutedTally {
  var noRoute: UInt64 = 0
  var metadataRefused: UInt64 = 0
  var holdTimeout: UInt64 = 0
  var holdBound: UInt64 = 0

  mutating func book(_ ledger: ClassificationLedger) {
    if noRoute > 0 { ledger.addUnrouted(noRoute, .noRoute) }
    if metadataRefused > 0 { ledger.addUnrouted(metadataRefused, .metadataRefused) }
    if holdTimeout > 0 { ledger.addUnrouted(holdTimeout, .holdTimeout) }
    if holdBound > 0 { ledger.addUnrouted(holdBound, .holdBound) }
    self = UnroutedTally()
  }
}
