internal import TrapBatching

/// A block of addresses as a number: what the key of `sources` is.
internal struct SourceBlock: Hashable, Sendable {
  let network: SourceAddress
  /// 0...128; an IPv4 block's own length plus 96.
  let bits: Int

  var prefix: String { InventoryEntry.prefix(network, bits) }

  /// From `10.1.0.0/16`, `2001:db8::/32` or a bare address.
  init(_ text: String) throws(InventoryValueMistake) {
    if let prefix = AddressPrefix(text) {
      (network, bits) = (prefix.address, prefix.bitCount)
      return
    }
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, let address = SourceAddress(String(parts[0])), let length = Int(parts[1]) {
      let family = parts[0].contains(":") ? 128 : 32
      let shown = InventoryValueMistake.quoted(text)
      guard 0...family ~= length else {
        throw InventoryValueMistake(problem: "\(shown) has a length beyond \(family)", remedy: "write 0 to \(family)")
      }
      let bits = length + 128 - family
      let block = InventoryEntry.prefix(address.masked(to: bits), bits)
      throw InventoryValueMistake(
        problem: "\(shown) is not written as the first address of its block",
        remedy: "write \(block), or \(address) for the one address")
    }
    throw InventoryValueMistake(
      problem: "\(InventoryValueMistake.quoted(text)) is no address and no block of addresses",
      remedy: "write 192.0.2.7, 10.1.0.0/16 or 2001:db8::/32")
  }

  /// From a row of `sources`; nil where bits are set beyond the length, or numbers are out of range.
  init?(bits: Int64, octets: [UInt8]) {
    guard 0...128 ~= bits, let network = SourceAddress(octets: octets), network.masked(to: Int(bits)) == network else {
      return nil
    }
    self.network = network
    self.bits = Int(bits)
  }
}
