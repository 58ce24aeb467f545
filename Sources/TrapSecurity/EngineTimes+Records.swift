extension EngineTimes {
  /// All of them, the one heard longest ago first.
  func records(now: UInt64, wall: Int64) -> [EngineTimeRecord] {
    var records: [EngineTimeRecord] = []
    records.reserveCapacity(count)
    table.forEach { engine, entry in
      records.append(
        EngineTimeRecord(
          engineID: engine.engineID, boots: entry.boots, time: Int32(clamping: entry.time(now: now)),
          latest: entry.latest, made: wall))
    }
    return records
  }

  /// Takes over what a former run knew, in the order of `records`; what this run has heard already counts more.
  ///
  /// The engines' clocks went on while we were away, by as much as the wall clock did; where that went backwards they
  /// stand still, so that the window never reaches further back than it did.
  mutating func restore(_ records: [EngineTimeRecord], now: UInt64, wall: Int64) {
    for record in records {
      let engine = EngineName(record.engineID)
      guard table.place(of: engine) == nil else { continue }
      let (away, isOverflow) = wall.subtractingReportingOverflow(record.made)
      let seconds = isOverflow ? 0 : max(0, away) / 1_000_000_000
      let time = Int32(clamping: Int64(record.time) + seconds)
      insert(engine, EngineTime(boots: record.boots, time: time, latest: record.latest, reference: now))
    }
  }
}
