internal import Synchronization
internal import TrapBatching
internal import TrapObservation

/// A table of sources that nothing changes, behind a lock as the real one is.
internal final class FixedSources: SourceRows {
  private let table: Mutex<[SourceRow]>

  internal init(count: Int) {
    table = Mutex(
      (0..<count).map { number in
        var row = SourceRow(
          index: UInt32(number + 1), address: SourceAddress(ipv4: 0x0a00_0000 + UInt32(number)),
          seen: 1_764_500_000_000_000_000)
        row.arrived = 5_000_000_000 + UInt64(number)
        row.lastTrapOID = [1, 3, 6, 1, 6, 3, 1, 1, 5, 3]
        return row
      })
  }

  internal func drain(nanoseconds: UInt64) {}
  internal var count: Int { table.withLock { $0.count } }
  internal var forgotten: UInt64 { 0 }

  internal func row(_ index: UInt32) -> SourceRow? {
    table.withLock { rows in
      index > 0 && Int(index) <= rows.count ? rows[Int(index) - 1] : nil
    }
  }

  internal func rows(after index: UInt32, most: Int) -> [SourceRow] {
    table.withLock { Array($0.dropFirst(Int(index)).prefix(most)) }
  }

  internal func index(of address: SourceAddress) -> UInt32? {
    table.withLock { $0.first { $0.address == address }?.index }
  }

  internal func busiest(_ most: Int) -> [SourceRow] { [] }
}
