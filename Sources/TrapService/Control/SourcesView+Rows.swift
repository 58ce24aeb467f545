internal import TrapBatching
internal import TrapControl
internal import TrapObservation

extension SourcesView {
  /// The rows that were asked for. One more is looked for than is shown, so that the last part says that it is.
  init(_ table: any SourceRows, _ question: Question) {
    self.init()
    let limit = min(max(question.limit, 1), SourcesView.limitMax)
    let rows = table.rows(after: question.after, most: limit + 1)
    sources = rows.prefix(limit).map { SourceView($0) }
    next = rows.count > limit ? sources.last?.index : nil
    (count, forgotten) = (table.count, table.forgotten)
  }
}

extension SourceView {
  init(_ row: SourceRow) {
    self.init(
      index: row.index, address: row.address.description, firstSeen: WallClockText.rfc3339(row.firstSeen),
      lastSeen: WallClockText.rfc3339(row.lastSeen))
    (arrived, refused, rate) = (row.arrived, row.refused, row.rate)
    lastTrap = row.lastTrapOID.isEmpty ? nil : row.lastTrapOID.map { "\($0)" }.joined(separator: ".")
  }
}
