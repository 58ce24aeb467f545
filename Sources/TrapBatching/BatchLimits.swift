/// When a batch is due, and how much may wait.
package struct BatchLimits: Sendable, Equatable {
  /// A batch is due at this many traps …
  package var traps: Int
  /// … or this many octets of datagrams …
  package var octets: Int
  /// … or when its first trap has waited this long, in nanoseconds.
  package var maxWait: UInt64
  /// Batches that may be taken and not completed.
  package var outstanding: Int
  /// Octets of pinned capacity, waiting and taken; at this bound a trap is refused.
  package var bound: Int
  /// Capacities of one slab.
  package var slabOctets: Int
  package var slabEntries: Int

  package init(
    traps: Int, octets: Int, maxWait: UInt64, outstanding: Int, bound: Int, slabOctets: Int = 262_144,
    slabEntries: Int = 1024
  ) {
    precondition(
      traps > 0 && octets > 0 && outstanding > 0,
      "a batch of \(traps) traps, \(octets) octets, \(outstanding) outstanding")
    precondition(
      bound >= Slab.pinnedOctets(octetCapacity: slabOctets, entryCapacity: slabEntries),
      "a bound of \(bound) octets has no room for one slab")
    self.traps = traps
    self.octets = octets
    self.maxWait = maxWait
    self.outstanding = outstanding
    self.bound = bound
    self.slabOctets = slabOctets
    self.slabEntries = slabEntries
  }
}
