import Synchronization
import TrapBatching
import TrapObservation

/// A table of sources as large as a test wants it, whose rows have values that no other row has.
final class SampleSources: SourceRows {
  struct State {
    /// In ascending order of their indices.
    var rows: [SourceRow]
    var drains = 0
    /// Added to the table when it is drained.
    var waiting: [SourceRow] = []
  }

  let state: Mutex<State>

  init(_ rows: [SourceRow] = []) { state = Mutex(State(rows: rows)) }

  /// Sources 10.0.0.0 and up, with every hundredth index left out, as of a source that was forgotten.
  convenience init(count: Int) {
    let indices = (1...UInt32(count + count / 50 + 2)).filter { $0 % 100 != 50 }
    self.init(indices.prefix(count).map { SampleSources.row($0) })
  }

  static func row(_ index: UInt32) -> SourceRow {
    var row = SourceRow(
      index: index, address: SourceAddress(ipv4: 0x0a00_0000 + index), seen: 1_764_500_000_000_000_000)
    row.lastSeen = 1_764_503_661_200_000_000
    row.arrived = UInt64(index) * 3 + 5_000_000_000
    row.refused = UInt64(index) * 2
    row.lastTrapOID = [1, 3, 6, 1, 6, 3, 1, 1, 5, 3]
    row.rate = UInt64(index) + 7
    return row
  }

  func drain(nanoseconds: UInt64) {
    state.withLock { state in
      state.drains += 1
      state.rows += state.waiting
      state.waiting = []
    }
  }

  var count: Int { state.withLock { $0.rows.count } }
  var forgotten: UInt64 { 12 }

  func row(_ index: UInt32) -> SourceRow? {
    state.withLock { state in
      let position = Self.position(after: index &- 1, in: state.rows)
      return position < state.rows.count && state.rows[position].index == index ? state.rows[position] : nil
    }
  }

  func rows(after index: UInt32, most: Int) -> [SourceRow] {
    state.withLock { Array($0.rows[Self.position(after: index, in: $0.rows)...].prefix(most)) }
  }

  func index(of address: SourceAddress) -> UInt32? {
    state.withLock { $0.rows.first { $0.address == address }?.index }
  }

  func busiest(_ most: Int) -> [SourceRow] { [] }

  private static func position(after index: UInt32, in rows: [SourceRow]) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].index <= index { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
