internal import TrapBatching

/// What the bindings of a SET want of each row together (RFC 3416 §4.2.5, RFC 2579 on RowStatus).
internal struct SetPlan {
  /// The bindings that name one row, each with its place in the SET.
  private struct RowBindings {
    let table: SetColumn.Table
    let index: UInt32
    var columns: [(column: SetColumn, value: WrittenValue, place: Int)] = []

    func find(_ column: SetColumn) -> (value: WrittenValue, place: Int)? {
      columns.last { $0.column == column }.map { ($0.value, $0.place) }
    }

    var place: Int { columns[0].place }
  }

  private let state: AgentState
  private var steps: [SetChange.Step] = []
  private var made: [SetColumn.Table: Int] = [:]

  /// The bindings were found right one by one.
  internal static func change(for bindings: [SetBinding], in state: AgentState) -> Result<SetChange, SetRefusal> {
    var plan = SetPlan(state: state)
    do throws(SetRefusal) {
      for row in rows(of: bindings) {
        switch row.table {
        case .lookups: try plan.planLookup(row)
        case .deltas: try plan.planDelta(row)
        }
      }
      return .success(SetChange(plan.steps))
    } catch {
      return .failure(error)
    }
  }

  private init(state: AgentState) { self.state = state }

  private static func rows(of bindings: [SetBinding]) -> [RowBindings] {
    var rows: [RowBindings] = []
    for (place, binding) in bindings.enumerated() {
      guard let column = SetColumn(binding.position), let key = binding.position.key(indexArcs: 1) else { continue }
      let index = UInt32(truncatingIfNeeded: key)
      let known = rows.firstIndex { $0.table == column.table && $0.index == index }
      if known == nil { rows.append(RowBindings(table: column.table, index: index)) }
      rows[known ?? rows.count - 1].columns.append((column, binding.value, place))
    }
    return rows
  }

  private mutating func planLookup(_ row: RowBindings) throws(SetRefusal) {
    let former = state.lookups[row.index]
    guard let status = row.find(.lookupStatus) else { throw Self.withoutStatus(row, exists: former != nil) }
    switch (Self.status(status.value), former) {
    case (.destroy, _): steps.append(.lookup(row.index, nil))
    // Looked for once more.
    case (.active, let former?):
      guard let found = state.sources.index(of: former.address) else {
        throw SetRefusal(index: status.place, error: .inconsistentValue)
      }
      let again = SourceLookup(address: former.address, source: found, touched: state.now)
      steps.append(.lookup(row.index, again))
    case (.createAndGo, nil):
      let address = try Self.address(of: row, status: status.place)
      try make(row, issued: state.lookups.hasIssued(row.index), status: status.place)
      let found = state.sources.index(of: address) ?? 0
      steps.append(.lookup(row.index, SourceLookup(address: address, source: found, touched: state.now)))
    default: throw SetRefusal(index: status.place, error: .inconsistentValue)
    }
  }

  private mutating func planDelta(_ row: RowBindings) throws(SetRefusal) {
    let former = state.deltas[row.index]
    guard let status = row.find(.deltaStatus) else { throw Self.withoutStatus(row, exists: former != nil) }
    switch (Self.status(status.value), former) {
    case (.destroy, _): steps.append(.delta(row.index, nil))
    case (.createAndGo, nil):
      guard let variable = row.find(.deltaVariable), case .name(let name) = variable.value else {
        throw SetRefusal(index: status.place, error: .inconsistentValue)
      }
      let (arcs, counter) = try counter(name, place: variable.place)
      try make(row, issued: state.deltas.hasIssued(row.index), status: status.place)
      steps.append(
        .delta(row.index, DeltaRow(variable: arcs, counter: counter, now: state.now, wall: state.wall)))
    default: throw SetRefusal(index: status.place, error: .inconsistentValue)
    }
  }

  /// A further row, if there may be one at that index.
  private mutating func make(_ row: RowBindings, issued: Bool, status: Int) throws(SetRefusal) {
    guard issued else { throw SetRefusal(index: status, error: .inconsistentName) }
    let isFull: Bool
    switch row.table {
    case .lookups: isFull = state.lookups.rows.count + made[.lookups, default: 0] >= SourceLookup.rowsMax
    case .deltas: isFull = state.deltas.rows.count + made[.deltas, default: 0] >= DeltaRow.rowsMax
    }
    if isFull {
      switch row.table {
      case .lookups: state.lookups.countRefused()
      case .deltas: state.deltas.countRefused()
      }
      throw SetRefusal(index: status, error: .resourceUnavailable)
    }
    made[row.table, default: 0] += 1
  }

  /// A counter's instance of ours, and what it stands at.
  private func counter(_ name: [UInt], place: Int) throws(SetRefusal) -> (arcs: [UInt], counter: UInt64) {
    let root = state.base.arcs
    guard name.starts(with: root), name.count <= root.count + 7 else {
      throw SetRefusal(index: place, error: .wrongValue)
    }
    let arcs = Array(name.dropFirst(root.count))
    guard TraplineMIB.layout.isCounter(ObjectPosition(arcs.span, below: 0)) else {
      throw SetRefusal(index: place, error: .wrongValue)
    }
    guard let counter = TraplineMIB.layout.counter(at: arcs, in: state.moment) else {
      throw SetRefusal(index: place, error: .inconsistentValue)
    }
    return (arcs, counter)
  }

  private static func address(of row: RowBindings, status: Int) throws(SetRefusal) -> SourceAddress {
    guard let written = row.find(.lookupAddress), case .octets(let octets) = written.value,
      let address = SetRules.address(octets)
    else { throw SetRefusal(index: status, error: .inconsistentValue) }
    if let type = row.find(.lookupAddressType), type.value != .integer(octets.count == 4 ? 1 : 2) {
      throw SetRefusal(index: written.place, error: .inconsistentValue)
    }
    return address
  }

  private static func status(_ value: WrittenValue) -> RowStatus? {
    if case .integer(let number) = value { RowStatus(number) } else { nil }
  }

  /// A row comes to be by its status, and stays as it is while it is there.
  private static func withoutStatus(_ row: RowBindings, exists: Bool) -> SetRefusal {
    SetRefusal(index: row.place, error: exists ? .inconsistentValue : .inconsistentName)
  }
}
