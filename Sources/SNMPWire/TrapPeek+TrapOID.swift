extension TrapPeek {
  /// Finds the trap OID (RFC 3584 §3.1) without decoding the rest; false where it can't be read, and then the trap
  /// is still delivered. Reads a truncated PDU as far as it goes.
  package func readTrapOID(from octets: Span<UInt8>, into oid: inout TrapOID) -> Bool {
    oid.removeAll()
    var reader = BERReader(pdu)
    do throws(BERError) {
      switch kind {
      case .v3Encrypted:
        return false
      case .trapV1:
        return try Self.convertTrapV1(octets, &reader, into: &oid)
      case .trapV2, .inform:
        return try Self.findTrapOID(octets, &reader, into: &oid)
      }
    } catch {
      return false
    }
  }

  /// Stops at specific-trap, so that a PDU which ends behind it still finds its way.
  private static func convertTrapV1(
    _ octets: Span<UInt8>, _ pdu: inout BERReader, into oid: inout TrapOID
  ) throws(BERError) -> Bool {
    let enterprise = try pdu.content(BERTag.objectIdentifier, octets)
    _ = try pdu.content(BERTag.ipAddress, octets)
    let generic = try pdu.integer32(octets)
    let specific = try pdu.integer32(octets)
    return oid.fillV1(from: octets, enterprise: enterprise, generic: generic, specific: specific)
  }

  /// snmpTrapOID.0 is the second varbind by RFC 3416 §4.2.6; senders that put it elsewhere are understood too.
  private static func findTrapOID(
    _ octets: Span<UInt8>, _ pdu: inout BERReader, into oid: inout TrapOID
  ) throws(BERError) -> Bool {
    guard let content = try findTrapOID(octets, &pdu) else { return false }
    return oid.fill(from: octets, content)
  }

  private static func findTrapOID(_ octets: Span<UInt8>, _ pdu: inout BERReader) throws(BERError) -> Range<Int>? {
    for _ in 0..<3 { _ = try pdu.content(BERTag.integer, octets) }
    var list = try pdu.clamped(BERTag.sequence, octets)
    while !list.isAtEnd {
      var entry = try list.clamped(BERTag.sequence, octets)
      let name = try entry.content(BERTag.objectIdentifier, octets)
      guard WellKnownOID.isSnmpTrapOID(name, octets), try entry.tag(octets) == BERTag.objectIdentifier else { continue }
      return try entry.content(BERTag.objectIdentifier, octets)
    }
    return nil
  }

  /// Where the content octets of the trap OID stand, checked, for who only copies them; nil where they stand nowhere, as in
  /// an SNMPv1 trap.
  package func trapOIDContent(in octets: Span<UInt8>) -> Range<Int>? {
    guard kind == .trapV2 || kind == .inform else { return nil }
    var reader = BERReader(pdu)
    do throws(BERError) {
      guard let content = try Self.findTrapOID(octets, &reader) else { return nil }
      try BERReader.checkObjectIdentifier(content, octets)
      return content
    } catch {
      return nil
    }
  }
}
