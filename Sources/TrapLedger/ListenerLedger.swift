/// One listener's line of the ledger: `arrived = accepted + answered + Σ refused[cause]`.
///
/// `arrived` must be added before its parts, so that a reader, or the next start after a crash, never finds more
/// parts than arrivals.
package struct ListenerLedger: Sendable {
  package let name: String
  internal let cells: LedgerCells
  /// Of the present run; nil in a line that is only read.
  internal var gauges: ListenerGauges?

  internal enum Cell {
    static let arrived = 0  // cells 1...31 are the causes' own
    static let accepted = 32
    static let answeredDiscovery = 33
    static let answeredRepeat = 34
    static let connections = 35  // 35...39, in the order of `Connections`
    static let socketFirst = 40  // per lane: the socket's cookie, and the drops that were counted of it
    static let socketsMax = (LedgerLayout.slotCells - socketFirst) / 2
  }

  /// What became of the connections of a listener of TCP, TLS or DTLS; all 0 for UDP. No part of the law, which counts
  /// traps.
  package struct Connections: Sendable, Equatable {
    /// Of now.
    package var open: UInt64 = 0
    package var accepted: UInt64 = 0
    /// At the limits of the listener, or of one source.
    package var refused: UInt64 = 0
    package var failedHandshakes: UInt64 = 0
    package var idleClosed: UInt64 = 0

    package init() {}
  }

  package var connections: Connections {
    var read = Connections()
    read.open = cells[Cell.connections]
    read.accepted = cells[Cell.connections + 1]
    read.refused = cells[Cell.connections + 2]
    read.failedHandshakes = cells[Cell.connections + 3]
    read.idleClosed = cells[Cell.connections + 4]
    return read
  }

  /// By the one thread that serves them.
  package func set(_ connections: Connections) {
    cells.set(connections.open, at: Cell.connections)
    cells.set(connections.accepted, at: Cell.connections + 1)
    cells.set(connections.refused, at: Cell.connections + 2)
    cells.set(connections.failedHandshakes, at: Cell.connections + 3)
    cells.set(connections.idleClosed, at: Cell.connections + 4)
  }

  /// Notes how many drops of a socket are counted. A socket that the service manager holds outlives the run, and so do
  /// its drops; the next run counts on from here. Lanes beyond the 28th are not noted.
  package func noteSocket(lane: Int, cookie: UInt64, drops: UInt32) {
    guard lane < Cell.socketsMax else { return }
    cells.set(cookie, at: Cell.socketFirst + 2 * lane)
    cells.set(UInt64(drops), at: Cell.socketFirst + 2 * lane + 1)
  }

  /// The drops of that socket that this run has counted; nil where it did not have it.
  package func notedDrops(ofSocket cookie: UInt64) -> UInt32? {
    for lane in 0..<Cell.socketsMax where cells[Cell.socketFirst + 2 * lane] == cookie {
      return UInt32(truncatingIfNeeded: cells[Cell.socketFirst + 2 * lane + 1])
    }
    return nil
  }

  package var arrived: UInt64 { cells[Cell.arrived] }
  package var accepted: UInt64 { cells[Cell.accepted] }
  package var answered: UInt64 { cells[Cell.answeredDiscovery] + cells[Cell.answeredRepeat] }
  package var answeredDiscovery: UInt64 { cells[Cell.answeredDiscovery] }
  package var answeredRepeat: UInt64 { cells[Cell.answeredRepeat] }
  package var refused: UInt64 { Cause.causes(of: .refused).reduce(0) { $0 + refused($1) } }
  package func refused(_ cause: Cause) -> UInt64 { cells[cell(of: cause)] }

  package func addArrived(_ count: UInt64) {
    cells.add(count, at: Cell.arrived)
    gauges?.arrived.add(Int64(clamping: count))
  }
  package func addAccepted(_ count: UInt64) { cells.add(count, at: Cell.accepted) }
  /// Engine ID discoveries and time synchronisations that a Report is sent for.
  package func addAnsweredDiscovery(_ count: UInt64) { cells.add(count, at: Cell.answeredDiscovery) }
  /// Repeats of informs that were accepted before: answered again, and not delivered twice.
  package func addAnsweredRepeat(_ count: UInt64) { cells.add(count, at: Cell.answeredRepeat) }
  package func addRefused(_ count: UInt64, _ cause: Cause) {
    cells.add(count, at: cell(of: cause))
    gauges?.refused.add(Int64(clamping: count))
    if cause == .kernelDrop { gauges?.kernelDrops.add(Int64(clamping: count)) }
  }

  private func cell(of cause: Cause) -> Int {
    precondition(cause.tier == .refused, "\(cause) is not a cause of refusal")
    return cause.rawValue
  }
}
