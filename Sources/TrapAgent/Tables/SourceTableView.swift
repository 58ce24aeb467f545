internal import TrapObservation

/// The table of sources, which is as large as the network: read as it is asked for, never as a whole.
internal struct SourceTableView: ManagedTable {
  internal let name = "traplineSourceTable"
  internal let arcs: [UInt] = [1, 9, 3, 1]
  internal let indexArcs = 1
  internal let columns: [ColumnShape] = SourceObjects.columns.map(\.shape)
  private let values = SourceObjects.columns.map(\.value)

  internal func value(_ column: Int, at key: UInt64, in moment: AgentMoment) -> ManagedValue? {
    guard let index = UInt32(exactly: key), let row = moment.state.sources.row(index) else { return nil }
    return values[column](row)
  }

  internal func next(_ column: Int, from key: UInt64, in moment: AgentMoment) -> (key: UInt64, value: ManagedValue)? {
    var key = key
    // A row without a value in the column is passed over; there is none today.
    while let from = UInt32(exactly: key), let row = moment.state.sources.row(from: from) {
      if let value = values[column](row) { return (UInt64(row.index), value) }
      key = UInt64(row.index) + 1
    }
    return nil
  }
}
