/// Which traps: what `subscribe` and `filter` of a registration are lists of. All keys that are given must match, any
/// value of a key does.
package struct TrapSelection: Codable, Sendable, Equatable {
  /// CIDR blocks that hold the source: `10.0.0.0/8`.
  package var source: [String]?
  /// OIDs that the trap's SNMPv2 OID begins with: `1.3.6.1.6.3`.
  package var trap: [String]?
  /// `1`, `2c`, `3`.
  package var version: [String]?
  /// Names of listeners.
  package var listener: [String]?
  /// `trap`, `inform`.
  package var pdu: [String]?

  package init(
    source: [String]? = nil, trap: [String]? = nil, version: [String]? = nil, listener: [String]? = nil,
    pdu: [String]? = nil
  ) {
    self.source = source
    self.trap = trap
    self.version = version
    self.listener = listener
    self.pdu = pdu
  }
}
