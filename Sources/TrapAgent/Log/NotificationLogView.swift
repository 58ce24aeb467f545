internal import TrapBatching

/// NOTIFICATION-LOG-MIB as a walk finds it. Belongs to Net-SNMP's thread.
///
/// What is in the log never changes, and its indexes ascend, so a walk is consistent without being pinned to a moment:
/// it sees every trap that is there throughout, each once. Traps are copied out and decoded as they are asked for, and
/// nothing of them is kept here but the last ones looked at, and what types of values each has.
internal final class NotificationLogView {
  /// Without these, a column of nlmLogVariableTable that has few values would have every trap decoded to find the next.
  internal struct Types {
    var number: UInt32
    var bits: UInt16
  }

  /// Traps that are kept decoded: who reads rows, asks for all columns of one at once.
  private static let decodedMax = 2

  private let log: NotificationLog
  private let nameIndex: [UInt]
  private var types: [Types]
  private var decoded: [LoggedTrap] = []
  private var buffer = RecentTrap()
  private var range: ClosedRange<UInt32>?
  private var summary = ObjectTable([])

  internal init(_ log: NotificationLog) {
    self.log = log
    nameIndex = NotificationLogMIB.index(of: log.name)
    types = Array(repeating: Types(number: 0, bits: 0), count: log.traps.limits.entries)
  }

  /// The log as it is now, for one of Net-SNMP's questions. Monotonic nanoseconds: what is too old is gone.
  internal func look(now: UInt64) {
    let former = range
    range = log.traps.range(now: now)
    if let former, let range, range.upperBound < former.upperBound { forget() }
    decoded.removeAll { range?.contains($0.number) != true }
    summary = NotificationLogMIB.summary(of: log)
  }

  /// Numbers began again at 1.
  private func forget() {
    decoded.removeAll()
    for index in types.indices { types[index] = Types(number: 0, bits: 0) }
  }

  /// GET.
  internal func value(at name: ObjectName) -> ObjectTable.Lookup {
    if case .found(let value) = summary.value(at: name) { return .found(value) }
    if let value = cell(at: name) { return .found(value) }
    return NotificationLogMIB.objects.contains { name.arcs.starts(with: $0.arcs) } ? .noSuchInstance : .noSuchObject
  }

  /// GETNEXT, as `ObjectTable.row` has it.
  internal func row(after name: ObjectName, inclusive: Bool, version1: Bool) -> ObjectTable.Row? {
    if let row = summary.row(after: name, inclusive: inclusive, version1: version1) { return row }
    for column in NotificationLogMIB.logColumns {
      let prefix = NotificationLogMIB.logEntry + ([column] + nameIndex)
      if let row = entry(column, prefix, after: name, inclusive: inclusive) { return row }
    }
    for column in NotificationLogMIB.variableColumns {
      if version1, column == LoggedVariable.ValueType.counter64.column { continue }
      let prefix = NotificationLogMIB.variableEntry + ([column] + nameIndex)
      if let row = variable(column, prefix, after: name, inclusive: inclusive) { return row }
    }
    return nil
  }

  private func cell(at name: ObjectName) -> ManagedValue? {
    let depth = NotificationLogMIB.logEntry.arcs.count
    guard name.arcs.count > depth, name.arcs[(depth + 1)...].starts(with: nameIndex) else { return nil }
    let column = name.arcs[depth]
    let index = name.arcs[(depth + 1 + nameIndex.count)...].compactMap { UInt32(exactly: $0) }
    guard let first = index.first, let trap = trap(first) else { return nil }
    if index.count == 1, name.arcs.starts(with: NotificationLogMIB.logEntry.arcs) {
      return NotificationLogMIB.value(column, of: trap, in: log)
    }
    guard index.count == 2, name.arcs.starts(with: NotificationLogMIB.variableEntry.arcs),
      let variable = trap.variable(from: index[1], type: nil), variable.index == index[1]
    else { return nil }
    return NotificationLogMIB.value(column, of: variable)
  }

  private func entry(_ column: UInt, _ prefix: ObjectName, after name: ObjectName, inclusive: Bool) -> ObjectTable.Row?
  {
    guard let range, let index = Self.index(of: name, below: prefix) else { return nil }
    var from: UInt = 0
    if let first = index.first { from = inclusive && index.count == 1 ? first : first + 1 }
    guard from <= range.upperBound else { return nil }
    for number in max(range.lowerBound, UInt32(from))...range.upperBound {
      guard let trap = trap(number), let value = NotificationLogMIB.value(column, of: trap, in: log) else { continue }
      return ObjectTable.Row(name: prefix + [UInt(number)], value: value)
    }
    return nil
  }

  private func variable(
    _ column: UInt, _ prefix: ObjectName, after name: ObjectName, inclusive: Bool
  ) -> ObjectTable.Row? {
    guard let range, let index = Self.index(of: name, below: prefix) else { return nil }
    let first = index.first ?? 0
    var second = index.dropFirst().first ?? 0
    if index.count > 1, !(inclusive && index.count == 2) { second += 1 }
    guard first <= range.upperBound else { return nil }
    let type = LoggedVariable.ValueType.allCases.first { $0.column == column }
    for number in max(range.lowerBound, UInt32(first))...range.upperBound {
      if UInt(number) != first { second = 0 }
      guard mayHave(type, number), let from = UInt32(exactly: second),
        let variable = trap(number)?.variable(from: from, type: type),
        let value = NotificationLogMIB.value(column, of: variable)
      else { continue }
      return ObjectTable.Row(name: prefix + [UInt(number), UInt(variable.index)], value: value)
    }
    return nil
  }

  /// Of a name at or behind all that begins with `prefix`, what stands behind that; empty before it, nil behind all.
  private static func index(of name: ObjectName, below prefix: ObjectName) -> ArraySlice<UInt>? {
    if name.arcs.starts(with: prefix.arcs) { return name.arcs[prefix.arcs.count...] }
    return name < prefix ? [] : nil
  }

  private func mayHave(_ type: LoggedVariable.ValueType?, _ number: UInt32) -> Bool {
    let known = types[Int(number) % types.count]
    guard let type, known.number == number else { return true }
    return known.bits & 1 << UInt16(type.rawValue) != 0
  }

  private func trap(_ number: UInt32) -> LoggedTrap? {
    if let known = decoded.first(where: { $0.number == number }) { return known }
    guard range?.contains(number) == true, log.traps.read(number, into: &buffer) else { return nil }
    let trap = LoggedTrap(buffer, showsEncrypted: log.showsEncrypted)
    types[Int(number) % types.count] = Types(number: number, bits: trap.types)
    if decoded.count == Self.decodedMax { decoded.removeFirst() }
    decoded.append(trap)
    return trap
  }
}
