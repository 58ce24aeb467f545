/// A small subtree that the agent serves, and its values: one table a turn of the agent's loop, made when the turn's
/// first request wants it, and one for the length of each walk. Belongs to Net-SNMP's thread.
internal final class ServedSubtree {
  internal let base: ObjectName
  private let table: () -> ObjectTable
  private var walks = WalkPins<ObjectTable>()
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

  /// The values for a step of a walk, which is then noted.
  internal func walkTable(for names: [ObjectName], peer: [UInt8]) -> (walk: UInt64, table: ObjectTable) {
    if let (walk, table) = walks.walk(after: names.map { WalkName.hash($0.arcs.span) }, peer: peer, now: now) {
      return (walk, table)
    }
    let table = currentTable()
    return (walks.begin(table, peer: peer, now: now), table)
  }

  internal func noteStep(_ walk: UInt64, answered: [ObjectName]) {
    walks.note(walk, answered: answered.map { WalkName.hash($0.arcs.span) })
  }
}
