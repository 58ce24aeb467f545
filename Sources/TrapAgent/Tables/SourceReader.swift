internal import TrapBatching
internal import TrapObservation

/// The sources as one PDU reads them. What waits in the interprocess buffer is applied once, before the first look, so
/// that a manager sees what arrived before it asked; rows that follow each other are fetched together, as a column of a
/// GETBULK is one question of Net-SNMP after another.
internal final class SourceReader {
  /// How long a PDU may wait for the buffer, in nanoseconds.
  internal static let drainTime: UInt64 = 20_000_000
  /// Rows that are fetched at once.
  internal static let windowMax = 256

  private let table: (any SourceRows)?
  private var isDrained = false
  private var rowsAhead = 1
  private var window: [SourceRow] = []
  /// The window holds every row from here to its last one.
  private var windowFrom: UInt32 = 0
  private var position = 0

  internal init(_ table: (any SourceRows)?) { self.table = table }

  /// Another PDU asks, for as many rows after each other.
  internal func beginRequest(rowsAhead: Int) {
    isDrained = false
    window.removeAll(keepingCapacity: true)
    self.rowsAhead = min(max(rowsAhead, 1), Self.windowMax)
  }

  internal var count: Int { drained?.count ?? 0 }
  internal var forgotten: UInt64 { drained?.forgotten ?? 0 }
  internal func index(of address: SourceAddress) -> UInt32? { drained?.index(of: address) }

  internal func row(_ index: UInt32) -> SourceRow? {
    if let position = positionInWindow(from: index) {
      return window[position].index == index ? window[position] : nil
    }
    return drained?.row(index)
  }

  /// The first row at or after `index`.
  internal func row(from index: UInt32) -> SourceRow? {
    if let position = positionInWindow(from: index) { return window[position] }
    guard let table = drained else { return nil }
    // The table is asked for what follows an index, and the first one is 1.
    window = table.rows(after: index == 0 ? 0 : index - 1, most: rowsAhead)
    windowFrom = index
    position = 0
    return window.first
  }

  private func positionInWindow(from index: UInt32) -> Int? {
    guard let last = window.last, index >= windowFrom, index <= last.index else { return nil }
    // Mostly the row itself or the next one.
    if window[position].index < index, position + 1 < window.count { position += 1 }
    if window[position].index >= index, position == 0 || window[position - 1].index < index { return position }
    position = window.partitioningIndex { $0.index >= index }
    return position
  }

  private var drained: (any SourceRows)? {
    if !isDrained {
      isDrained = true
      table?.drain(nanoseconds: Self.drainTime)
    }
    return table
  }
}

extension [SourceRow] {
  /// The first position whose row fulfils what all later ones do as well.
  fileprivate func partitioningIndex(_ fulfils: (SourceRow) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if fulfils(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
