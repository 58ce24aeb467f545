internal import Synchronization

/// One bound of the daemon, in octets of pinned capacity, and what stands against it now.
package final class MemoryAccount: Sendable {
  package let name: String
  package let bound: Int
  private let usedOctets = Atomic<Int>(0)
  private let peakOctets = Atomic<Int>(0)

  package init(name: String, bound: Int) {
    self.name = name
    self.bound = bound
  }

  package var used: Int { usedOctets.load(ordering: .relaxed) }
  /// The highest `used` so far.
  package var peak: Int { peakOctets.load(ordering: .relaxed) }

  /// Books what a stage pins now. The stage itself keeps the bound; the account is what others read.
  package func set(_ octets: Int) {
    usedOctets.store(octets, ordering: .relaxed)
    if octets > peakOctets.load(ordering: .relaxed) { peakOctets.store(octets, ordering: .relaxed) }
  }
}
