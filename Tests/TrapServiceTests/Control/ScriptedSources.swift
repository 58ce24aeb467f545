import Synchronization
import TrapBatching
import TrapObservation

/// A table of sources with the indices that it is given, which notes how often it was drained.
final class ScriptedSources: SourceRows {
  private let rows: [SourceRow]
  private let drained = Mutex<[UInt64]>([])

  init(_ indices: [UInt32]) {
    rows = indices.map { index in
      let address = SourceAddress(ipv4: 0x0a00_0000 + index)
      var row = SourceRow(index: index, address: address, seen: 1_763_695_211_500_000_000)
      (row.arrived, row.rate, row.lastTrapOID) = (UInt64(index) * 10, UInt64(index), [1, 3, 6, index])
      return row
    }
  }

  var drains: [UInt64] { drained.withLock { $0 } }

  func drain(nanoseconds: UInt64) { drained.withLock { $0.append(nanoseconds) } }
  var count: Int { rows.count }
  var forgotten: UInt64 { 3 }
  func row(_ index: UInt32) -> SourceRow? { rows.first { $0.index == index } }
  func rows(after index: UInt32, most: Int) -> [SourceRow] {
    Array(rows.filter { $0.index > index }.prefix(most))
  }
  func index(of address: SourceAddress) -> UInt32? { rows.first { $0.address == address }?.index }
  func busiest(_ most: Int) -> [SourceRow] { Array(rows.sorted { $0.rate > $1.rate }.prefix(most)) }
}
