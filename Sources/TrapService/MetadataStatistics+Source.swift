internal import TrapClassification
internal import TrapObservation

extension MetadataStatistics {
  init(_ row: MetadataSourceStatistics) {
    self.init(name: row.name, kind: row.kind)
    circuit =
      switch row.circuit {
      case .closed: .closed
      case .open: .open
      case .halfOpen: .halfOpen
      }
    outstanding = UInt64(row.outstanding)
    asked = row.asked
    keysAsked = row.keysAsked
    failures = row.failures
    lastError = row.lastError
  }
}
