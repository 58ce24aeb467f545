/// The order in which sources were last heard of, as a list through the rows.
internal struct SourceAge {
  private(set) var newest: Int32 = -1
  private(set) var oldest: Int32 = -1
  private(set) var count = 0

  mutating func append(_ place: Int, in rows: inout [StoredSource]) {
    rows[place].newer = -1
    rows[place].older = newest
    if newest >= 0 { rows[Int(newest)].newer = Int32(place) }
    newest = Int32(place)
    if oldest < 0 { oldest = newest }
    count += 1
  }

  mutating func remove(_ place: Int, in rows: inout [StoredSource]) {
    let (newer, older) = (rows[place].newer, rows[place].older)
    if newer >= 0 { rows[Int(newer)].older = older } else { newest = older }
    if older >= 0 { rows[Int(older)].newer = newer } else { oldest = newer }
    count -= 1
  }
}
