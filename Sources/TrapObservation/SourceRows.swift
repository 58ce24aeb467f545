package import TrapBatching

/// The table of sources, as views read it. Every call may come from any thread, and takes a lock for a short time.
package protocol SourceRows: AnyObject, Sendable {
  /// Applies what waits in the interprocess buffer, for at most `nanoseconds`. Once per PDU, before rows are looked up.
  func drain(nanoseconds: UInt64)
  var count: Int { get }
  /// Rows that made room for newer sources.
  var forgotten: UInt64 { get }
  func row(_ index: UInt32) -> SourceRow?
  /// At most `most` rows with indices above `index`, in ascending order.
  func rows(after index: UInt32, most: Int) -> [SourceRow]
  func index(of address: SourceAddress) -> UInt32?
  /// The sources that sent most of late, the busiest first.
  func busiest(_ most: Int) -> [SourceRow]
  /// Over all sources, those that have no row among them.
  var sums: SourceAccount { get }
}

extension SourceRows {
  /// Of a table that forgets nothing.
  package var sums: SourceAccount {
    var sums = SourceAccount()
    for row in rows(after: 0, most: .max) {
      sums.arrived &+= row.arrived
      sums.refused &+= row.refused
    }
    return sums
  }
}
