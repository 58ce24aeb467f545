internal import Synchronization

/// A run of 64-bit cells in the ledger's mapping. Shared, lock-free, and alive as long as its ledger.
///
/// All operations are relaxed: no cell guards any other memory. What a reader may conclude from two cells
/// follows from the order in which one writer thread adds to them, upstream first (see `Documentation/Ledger.md`).
package struct LedgerCells: Sendable {
  private let mapping: LedgerMapping
  private let firstCell: Int
  package let count: Int

  internal init(mapping: LedgerMapping, firstCell: Int, count: Int) {
    precondition(
      firstCell >= 0 && firstCell + count <= mapping.cellCount, "cells \(firstCell)+\(count) lie outside the ledger")
    self.mapping = mapping
    self.firstCell = firstCell
    self.count = count
  }

  package func add(_ amount: UInt64, at index: Int) {
    precondition(index >= 0 && index < count, "cell \(index) of \(count)")
    mapping.withCell(firstCell + index) { _ = $0.wrappingAdd(amount, ordering: .relaxed) }
  }

  package func subtract(_ amount: UInt64, at index: Int) {
    precondition(index >= 0 && index < count, "cell \(index) of \(count)")
    mapping.withCell(firstCell + index) { _ = $0.wrappingSubtract(amount, ordering: .relaxed) }
  }

  package func set(_ value: UInt64, at index: Int) {
    precondition(index >= 0 && index < count, "cell \(index) of \(count)")
    mapping.withCell(firstCell + index) { $0.store(value, ordering: .relaxed) }
  }

  package subscript(index: Int) -> UInt64 {
    precondition(index >= 0 && index < count, "cell \(index) of \(count)")
    return mapping.withCell(firstCell + index) { $0.load(ordering: .relaxed) }
  }
}
