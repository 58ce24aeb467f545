/// A row and its place in the table: the index's one arc as a number, or its two as the halves of one, the first
/// more significant. So the order of the numbers is the order of a walk.
internal struct KeyedRow<Row> {
  internal let key: UInt64
  internal var row: Row

  internal init(_ key: UInt64, _ row: Row) {
    self.key = key
    self.row = row
  }

  internal static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }
}

extension Array {
  /// Where the first row at or after `key` stands, in rows in the order of their keys.
  internal func firstIndex<Row>(from key: UInt64) -> Int where Element == KeyedRow<Row> {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
