/// traplineDeltaTable: a cell looks at the counter that its row names.
internal struct DeltaTable: ManagedTable {
  internal enum Column: Int { case variable, value, since, discontinuities, status }

  internal static let entry: [UInt] = [1, 12, 2, 1]
  internal let name = "traplineDeltaTable"
  internal let arcs = Self.entry
  internal let indexArcs = 1
  /// In the order of `Column`.
  internal let columns: [ColumnShape] = [
    ColumnShape(name: "traplineDeltaVariable", arc: 2, syntax: .variablePointer, isWritable: true),
    ColumnShape(name: "traplineDeltaValue", arc: 3, syntax: .counterBasedGauge64, isWritable: false),
    ColumnShape(name: "traplineDeltaSince", arc: 4, syntax: .dateAndTime, isWritable: false),
    ColumnShape(name: "traplineDeltaDiscontinuities", arc: 5, syntax: .counter64, isWritable: false),
    ColumnShape(name: "traplineDeltaStatus", arc: 6, syntax: .rowStatus, isWritable: true),
  ]

  internal func value(_ column: Int, at key: UInt64, in moment: AgentMoment) -> ManagedValue? {
    let state = moment.state
    guard let index = UInt32(exactly: key), let row = state.deltas[index], let column = Column(rawValue: column) else {
      return nil
    }
    switch column {
    case .variable: return .name((state.base.arcs + row.variable).map { UInt32($0) })
    case .value: return value(of: index, row, in: state).map { .counter64($0) }
    case .since: return .date(row.since)
    case .discontinuities: return .counter64(row.discontinuities)
    case .status:
      let isThere = TraplineMIB.layout.counter(at: row.variable, in: state.moment) != nil
      return .integer((isThere ? RowStatus.active : .notInService).rawValue)
    }
  }

  internal func next(_ column: Int, from key: UInt64, in moment: AgentMoment) -> (key: UInt64, value: ManagedValue)? {
    let rows = moment.state.deltas.rows
    for position in rows.firstIndex(from: key)..<rows.count {
      let key = rows[position].key
      if let value = value(column, at: key, in: moment) { return (key, value) }
    }
    return nil
  }

  /// nil while there is no such counter.
  private func value(of index: UInt32, _ row: DeltaRow, in state: AgentState) -> UInt64? {
    // Never of a walk's own moment: beside a later reading the counter would seem to have gone back.
    guard let counter = TraplineMIB.layout.counter(at: row.variable, in: state.moment) else { return nil }
    var row = row
    let value = row.value(counter: counter, now: state.now, wall: state.wall)
    state.deltas[index] = row
    return value
  }
}
