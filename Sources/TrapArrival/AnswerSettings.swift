internal import TrapBatching

/// The bounds of what waits to be answered.
package struct AnswerSettings: Sendable, Equatable {
  /// Octets of answers that may wait; another as much is being sent. At least 64 KiB.
  package var inbox = 2 << 20
  /// Octets of discoveries that may wait; another as much is being answered. At least 64 KiB.
  package var discoveryInbox = 256 << 10
  /// Nanoseconds that the sending of one inbox may wait for sockets that take no more, before it drops.
  package var patience: UInt64 = 50_000_000
  package var discovery = DiscoverySettings()

  package init() {}

  /// An answer with its facts is rarely smaller.
  internal static let octetsPerEntry = 64

  /// Octets that an answering thread keeps from its start on, used or not: both slabs of what waits, as many of what it
  /// works on, and the buckets of all sources.
  package var pinnedOctets: Int {
    let slabs = [inbox, discoveryInbox].map { octets in
      let capacity = AnswerSettings.slabCapacity(octets)
      return Slab.pinnedOctets(octetCapacity: capacity, entryCapacity: capacity / AnswerSettings.octetsPerEntry)
    }
    return 2 * slabs.reduce(0, +) + DiscoveryLimit.pinnedOctets(discovery)
  }

  /// Room for the longest datagram at least.
  internal static func slabCapacity(_ octets: Int) -> Int { max(octets, 64 << 10) }
}
