/// A subtree that the agent serves, and its values: one table a turn of the agent's loop, made when the turn's first request wants it,
/// and one for the length of each walk. Belongs to Net-SNMP's thread.
internal final class ServedSubtree {
  internal let base: ObjectName
  private let table: () -> ObjectTable
  private var walks = WalkPins()
  private var turnTable: ObjectTable?
  private var now: UInt64 = 0

  /// `table` makes one with the values of the moment.
  internal init(base: ObjectName, table: @escaping () -> ObjectTable) {
    self.base = base
    self.table = table
  }

  internal func beginTurn(now: UInt64) {
    self.now = now
    turnTable = nil
  }

  /// The values of this turn.
  internal func currentTable() -> ObjectTable {
    if let turnTable { return turnTable }
    let table = table()
    turnTable = table
    return table
  }

  /// The values for a step of a walk.
  internal func walkTable(for names: [ObjectName], peer: [UInt8]) -> ObjectTable {
    walks.table(for: names, peer: peer, now: now) ?? currentTable()
  }

  internal func noteStep(_ names: [ObjectName], peer: [UInt8], answered: [ObjectName], from table: ObjectTable) {
    walks.note(names, peer: peer, answered: answered, from: table, now: now)
  }
}
