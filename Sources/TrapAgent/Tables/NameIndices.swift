/// Gives each name of a kind an index, from 1 in the order in which they are first seen; a name keeps its index while
/// the agent lives, and no other ever gets it.
internal struct NameIndices {
  /// Names that are remembered. Beyond, those that are not there at the moment are forgotten: they would come back
  /// under another index.
  internal static let namesMax = 4096

  private var indices: [String: UInt32] = [:]
  private var last: UInt32 = 0

  internal mutating func rows<Row>(of rows: [Row], named name: (Row) -> String) -> [KeyedRow<Row>] {
    if indices.count > Self.namesMax {
      let present = Set(rows.map(name))
      indices = indices.filter { present.contains($0.key) }
    }
    return rows.map { KeyedRow(UInt64(index(of: name($0))), $0) }.sorted { $0.key < $1.key }
  }

  private mutating func index(of name: String) -> UInt32 {
    if let known = indices[name] { return known }
    last += 1
    indices[name] = last
    return last
  }
}
