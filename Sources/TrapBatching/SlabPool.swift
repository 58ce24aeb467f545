internal import DequeModule

/// Empty slabs kept for the next taker. Lives inside the lock of its batch queue, which counts what it pins.
internal struct SlabPool: ~Copyable {
  private var spares = UniqueDeque<Slab>()
  private let slabOctets: Int
  private let slabEntries: Int
  /// More spares than this go back to the system.
  private static let sparesMax = 4

  init(slabOctets: Int, slabEntries: Int) {
    self.slabOctets = slabOctets
    self.slabEntries = slabEntries
  }

  mutating func take() -> Slab {
    // Last in, first out: the slab whose pages are still in the processor's cache.
    spares.popLast() ?? Slab(octetCapacity: slabOctets, entryCapacity: slabEntries)
  }

  mutating func give(_ slab: consuming Slab) {
    guard spares.count < SlabPool.sparesMax else { return }
    slab.removeAll()
    spares.append(slab)
  }
}
