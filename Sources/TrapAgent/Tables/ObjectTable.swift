/// A small subtree with the values of one moment, sorted by name. Immutable.
internal struct ObjectTable: Sendable {
  internal struct Row: Sendable, Equatable {
    let name: ObjectName
    let value: ManagedValue
  }

  private let rows: [Row]

  /// Sorted by name.
  internal init(_ rows: [Row]) { self.rows = rows }

  internal enum Lookup: Equatable { case found(ManagedValue), noSuchInstance, noSuchObject }

  /// GET: the value at exactly `name`; the two ways of missing are those of RFC 3416 §4.2.1.
  internal func value(at name: ObjectName) -> Lookup {
    let index = firstIndex(notBefore: name)
    if index < rows.count, rows[index].name == name { return .found(rows[index].value) }
    let isScalar = rows.contains { name.arcs.starts(with: $0.name.arcs.dropLast()) }
    return isScalar ? .noSuchInstance : .noSuchObject
  }

  /// GETNEXT: the first row after `name`, or at it where `inclusive`. Version 1 has no Counter64, so for it such rows
  /// are passed over here; the library would come back for each of them.
  internal func row(after name: ObjectName, inclusive: Bool, version1: Bool) -> Row? {
    var index = firstIndex(notBefore: name)
    if !inclusive, index < rows.count, rows[index].name == name { index += 1 }
    return rows[index...].first { !version1 || $0.value.isKnownToVersion1 }
  }

  private func firstIndex(notBefore name: ObjectName) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
