/// A table whose rows are known as a whole.
internal struct MomentTable<Row>: ManagedTable {
  internal let name: String
  internal let arcs: [UInt]
  internal let indexArcs: Int
  internal let columns: [ColumnShape]
  private let values: [@Sendable (Row) -> ManagedValue?]
  /// In ascending order of their keys.
  private let rows: @Sendable (AgentMoment) -> [KeyedRow<Row>]

  internal init(
    _ name: String, _ arcs: [UInt], indexArcs: Int = 1, _ columns: [ManagedColumn<Row>],
    rows: @escaping @Sendable (AgentMoment) -> [KeyedRow<Row>]
  ) {
    precondition(arcs.count == 4, "\(name) stands at \(arcs): entries are four arcs below the root")
    self.name = name
    self.arcs = arcs
    self.indexArcs = indexArcs
    self.columns = columns.map(\.shape)
    values = columns.map(\.value)
    self.rows = rows
  }

  internal func value(_ column: Int, at key: UInt64, in moment: AgentMoment) -> ManagedValue? {
    let rows = rows(moment)
    let index = rows.firstIndex(from: key)
    guard index < rows.count, rows[index].key == key else { return nil }
    return values[column](rows[index].row)
  }

  internal func next(_ column: Int, from key: UInt64, in moment: AgentMoment) -> (key: UInt64, value: ManagedValue)? {
    let rows = rows(moment)
    for index in rows.firstIndex(from: key)..<rows.count {
      if let value = values[column](rows[index].row) { return (rows[index].key, value) }
    }
    return nil
  }
}
