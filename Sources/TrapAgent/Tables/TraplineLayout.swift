/// Every object in the order of a walk, and how a name finds its own.
internal struct TraplineLayout: Sendable {
  private enum Branch {
    case scalar(ManagedObject)
    case table(any ManagedTable)
  }

  private let places: [UInt64]
  private let branches: [Branch]

  internal init(scalars: [ManagedObject], tables: [any ManagedTable]) {
    let all =
      scalars.map { (ObjectPosition.place(of: $0.instance), Branch.scalar($0)) }
      + tables.map { (ObjectPosition.place(of: $0.arcs), Branch.table($0)) }
    let sorted = all.sorted { $0.0 < $1.0 }
    places = sorted.map(\.0)
    branches = sorted.map(\.1)
  }

  /// GET: the value at exactly `position`; the two ways of missing are those of RFC 3416 §4.2.1.
  internal func value(at position: ObjectPosition, in moment: AgentMoment) -> ObjectTable.Lookup {
    switch position.count > 3 ? branch(at: position.place) : nil {
    case .scalar(let object)? where position.count == 4: .found(object.value(moment))
    case .table(let table)?: value(of: table, at: position, in: moment)
    // A scalar's own name, and whatever else is below it, are missing instances of it.
    default: isScalar(position) ? .noSuchInstance : .noSuchObject
    }
  }

  /// GETNEXT: the first instance after `position`, or at it where `inclusive`. Version 1 has no Counter64, so for it such
  /// objects are passed over here; the library would come back for each of their instances.
  internal func next(
    after position: ObjectPosition, inclusive: Bool, version1: Bool, in moment: AgentMoment
  ) -> ObjectHit? {
    for index in firstBranch(from: position.place)..<branches.count {
      let isHere = position.count > 3 && places[index] == position.place
      switch branches[index] {
      case .scalar(let object) where !isHere || inclusive && position.count == 4:
        if !version1 || object.syntax.isKnownToVersion1 {
          return ObjectHit(place: places[index], cell: nil, value: object.value(moment))
        }
      case .scalar: break
      case .table(let table):
        let hit = next(
          in: table, at: places[index], after: isHere ? position : nil, inclusive: inclusive, version1: version1,
          in: moment)
        if let hit { return hit }
      }
    }
    return nil
  }

  /// The column that the name is in or of.
  internal func column(at position: ObjectPosition) -> (table: any ManagedTable, column: Int)? {
    guard position.count > 4, case .table(let table)? = branch(at: position.place),
      let column = table.columns.firstIndex(where: { $0.arc == position.column })
    else { return nil }
    return (table, column)
  }

  internal func isCounter(_ position: ObjectPosition) -> Bool {
    switch branch(at: position.place) {
    case .scalar(let object)?: position.count == 4 && object.syntax.isCounter
    case .table(let table)?:
      column(at: position).map { table.columns[$0.column].syntax.isCounter } ?? false
        && position.key(indexArcs: table.indexArcs) != nil
    case nil: false
    }
  }

  /// What the counter stands at; nil where there is none of that name.
  internal func counter(at arcs: [UInt], in moment: AgentMoment) -> UInt64? {
    let position = ObjectPosition(arcs.span, below: 0)
    guard isCounter(position), case .found(.counter64(let value)) = value(at: position, in: moment) else { return nil }
    return value
  }

  private func value(
    of table: any ManagedTable, at position: ObjectPosition, in moment: AgentMoment
  ) -> ObjectTable.Lookup {
    guard let column = table.columns.firstIndex(where: { $0.arc == position.column }) else { return .noSuchObject }
    guard let key = position.key(indexArcs: table.indexArcs),
      let value = table.value(column, at: key, in: moment)
    else { return .noSuchInstance }
    return .found(value)
  }

  /// `position` is in the table; nil: before it.
  private func next(
    in table: any ManagedTable, at place: UInt64, after position: ObjectPosition?, inclusive: Bool, version1: Bool,
    in moment: AgentMoment
  ) -> ObjectHit? {
    for (column, shape) in table.columns.enumerated() {
      guard !version1 || shape.syntax.isKnownToVersion1 else { continue }
      var from: UInt64 = 0
      if let position {
        if shape.arc < position.column { continue }
        if shape.arc == position.column {
          guard let key = position.nextKey(indexArcs: table.indexArcs, inclusive: inclusive) else { continue }
          from = key
        }
      }
      if let row = table.next(column, from: from, in: moment) {
        return ObjectHit(place: place, cell: (shape.arc, row.key, table.indexArcs), value: row.value)
      }
    }
    return nil
  }

  private func branch(at place: UInt64) -> Branch? {
    let index = firstBranch(from: place)
    return index < branches.count && places[index] == place ? branches[index] : nil
  }

  /// Whether the first three arcs are those of a scalar.
  private func isScalar(_ position: ObjectPosition) -> Bool {
    guard position.count >= 3, case .scalar? = branch(at: position.place & ~0xffff) else { return false }
    return true
  }

  private func firstBranch(from place: UInt64) -> Int {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
