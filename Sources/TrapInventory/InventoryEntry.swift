package import TrapBatching

/// What the inventory says of a source: the row of the longest block that the source lies in.
package struct InventoryEntry: Sendable {
  /// The block's first address, and how many leading bits count, 0...128; an IPv4 block's own length plus 96.
  package let network: SourceAddress
  package let bits: Int
  package let program: InventoryProgram
  /// In the order of their names.
  package let attributes: [TrapAttribute]
  package let credentials: String?
  package let level: InventoryLevel?
  /// Nanoseconds; nil for the cache's own rule.
  package let timeToLive: UInt64?
  package let isRefused: Bool

  /// The block in the form that people write: `10.1.0.0/16`, `2001:db8::/32`.
  package var prefix: String { InventoryEntry.prefix(network, bits) }

  internal static func prefix(_ network: SourceAddress, _ bits: Int) -> String {
    network.isIPv4 && bits >= 96 ? "\(network)/\(bits - 96)" : "\(network)/\(bits)"
  }
}
