/// The fields of a v1 Trap-PDU before its varbinds (RFC 1157 §4.1.6).
struct TrapPDUFields {
  let enterprise: Range<Int>
  /// Nil where agent-addr has not four octets.
  let agentAddress: UInt32?
  let generic: Int32
  let specific: Int32
  let uptime: UInt32

  /// Reads them and leaves the reader at the varbind list. The enterprise is not checked here: the generic traps
  /// do not need it.
  init(_ octets: Span<UInt8>, _ reader: inout BERReader) throws(BERError) {
    self.enterprise = try reader.content(BERTag.objectIdentifier, octets)
    let address = try reader.content(BERTag.ipAddress, octets)
    self.agentAddress =
      address.count == 4 ? UInt32(truncatingIfNeeded: BERInteger.unsigned(address, octets)) : nil
    self.generic = try reader.integer32(octets)
    self.specific = try reader.integer32(octets)
    self.uptime = try reader.unsigned32(octets)
  }
}
