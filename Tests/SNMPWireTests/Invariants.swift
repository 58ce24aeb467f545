import SNMPWire

/// What must hold for any octets at all.
enum Invariants {
  /// Nil when all hold, else which one does not. Whatever can be read is read.
  static func broken(by octets: [UInt8]) -> String? {
    if let header = try? V3Header.read(octets.span) {
      let ranges = [header.engineID, header.userName, header.authParameters, header.privParameters, header.scopedData]
      guard ranges.allSatisfy({ isInside($0, octets) }) else { return "a v3 header's range leaves the datagram" }
    }
    guard let peek = try? TrapPeek.read(octets.span) else { return nil }
    if let complaint = broken(by: octets, peek) { return complaint }
    guard peek.kind == .v3Encrypted, let opened = try? peek.opened(octets.span, plaintext: peek.pdu) else { return nil }
    return broken(by: octets, opened)
  }

  private static func broken(by octets: [UInt8], _ peek: TrapPeek) -> String? {
    let ranges = [peek.community, peek.pdu, peek.engineID, peek.userName, peek.contextName]
    guard ranges.allSatisfy({ isInside($0, octets) }) else { return "a peek's range leaves the datagram" }
    guard 0..<peek.pdu.lowerBound ~= peek.pduTag else { return "the PDU tag is astray" }
    var oid = TrapOID()
    let found = peek.readTrapOID(from: octets.span, into: &oid)
    guard found == (oid.count > 0), oid.count <= TrapOID.capacity else { return "trap OID of \(oid.count)" }
    guard let decoder = try? NotificationDecoder(octets.span, peek: peek) else { return nil }
    var decoded = TrapOID()
    guard decoder.readTrapOID(into: &decoded, from: octets.span) == found, decoded == oid else {
      return "peek and decoder differ on the trap OID"
    }
    return broken(by: octets, decoder, pdu: peek.pdu)
  }

  private static func broken(by octets: [UInt8], _ decoder: NotificationDecoder, pdu: Range<Int>) -> String? {
    var reader = decoder.varbinds
    var count = 0
    var offset = pdu.lowerBound
    var text: [UInt8] = []
    do throws(BERError) {
      while let varbind = try reader.next(octets.span) {
        count += 1
        guard offset <= varbind.name.lowerBound, varbind.name.upperBound <= varbind.value.lowerBound,
          varbind.value.upperBound <= pdu.upperBound
        else { return "varbind \(count) is out of order" }
        offset = varbind.value.upperBound
        text.removeAll(keepingCapacity: true)
        OIDText.appendOID(octets.span, varbind.name, to: &text)
        guard text.count <= OIDText.capacity(of: varbind.name) else { return "OID text over its capacity" }
        if varbind.type == .objectIdentifier { OIDText.appendOID(octets.span, varbind.value, to: &text) }
        _ = varbind.integer(octets.span)
        _ = varbind.double(octets.span)
      }
    } catch {
      return "the decoder let pass what its reader refuses: \(error)"
    }
    return count == decoder.varbindCount ? nil : "\(count) varbinds read, \(decoder.varbindCount) decoded"
  }

  private static func isInside(_ range: Range<Int>, _ octets: [UInt8]) -> Bool {
    0 <= range.lowerBound && range.upperBound <= octets.count
  }
}
