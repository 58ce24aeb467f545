/// The rows of a table that managers make themselves, each at an index that it asked for: bounded in number, and gone
/// when they are of no more use.
internal struct ClientRows<Row: ClientRow> {
  /// In ascending order of their indices.
  internal private(set) var rows: [KeyedRow<Row>] = []
  /// Rows that were removed for their age.
  internal private(set) var reaped: UInt64 = 0
  /// Rows that there was no room for.
  internal private(set) var refused: UInt64 = 0
  private var issuer: IndexIssuer

  internal init(issuer: IndexIssuer = IndexIssuer()) { self.issuer = issuer }

  /// An index for whoever asks, as long as it likes.
  internal mutating func issueIndex() -> UInt32 {
    let rows = rows
    return issuer.issue { Self.position(of: $0, in: rows) != nil }
  }

  internal func hasIssued(_ index: UInt32) -> Bool { issuer.hasIssued(index) }
  internal mutating func countRefused() { refused &+= 1 }

  internal subscript(index: UInt32) -> Row? {
    get { Self.position(of: index, in: rows).map { rows[$0].row } }
    set {
      if let position = Self.position(of: index, in: rows) {
        if let newValue { rows[position].row = newValue } else { rows.remove(at: position) }
      } else if let newValue {
        rows.insert(KeyedRow(UInt64(index), newValue), at: rows.firstIndex(from: UInt64(index)))
      }
    }
  }

  /// Removes what was not touched for the lifetime of its kind.
  internal mutating func reap(now: UInt64) {
    guard rows.contains(where: { now &- $0.row.touched >= Row.lifetime }) else { return }
    let before = rows.count
    rows.removeAll { now &- $0.row.touched >= Row.lifetime }
    reaped &+= UInt64(before - rows.count)
  }

  private static func position(of index: UInt32, in rows: [KeyedRow<Row>]) -> Int? {
    let position = rows.firstIndex(from: UInt64(index))
    return position < rows.count && rows[position].key == UInt64(index) ? position : nil
  }
}
