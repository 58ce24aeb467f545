package import DequeModule

/// A batch as its taker owns it: its slabs, oldest first, under the ID by which it is completed.
package struct TakenBatch: ~Copyable, Sendable {
  /// Counts from 1, unique in its queue.
  package let id: UInt64
  package let trapCount: Int
  package var slabs: UniqueDeque<Slab>
}
