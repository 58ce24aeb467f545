internal import TrapObservation

/// A processing engine as its table shows it: its line of the ledger, and what the dispatcher knows beside that.
internal struct EngineRow {
  internal let line: EngineStatistics
  internal let condition: EngineCondition
}
