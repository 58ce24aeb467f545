import SNMPWire

/// A Report, or a Response of one varbind, as its receiver reads it; strict where a sender is strict.
struct ReadReport {
  let messageID: Int32
  let flags: UInt8
  let engineID: [UInt8]
  let boots: Int32
  let time: Int32
  let userName: [UInt8]
  let requestID: Int32
  /// The last but one of usmStats….0.
  let arc: UInt32
  let value: UInt32

  /// nil where it is no such message.
  init?(_ octets: [UInt8]) {
    do {
      let header = try V3Header.read(octets.span)
      (messageID, flags) = (header.messageID, header.flags)
      (engineID, userName) = (Array(octets[header.engineID]), Array(octets[header.userName]))
      (boots, time) = (header.engineBoots, header.engineTime)
      guard let scoped = ScopedPDU(octets.span, header: header), scoped.pduTag == BERTag.report else { return nil }
      guard Array(octets[scoped.contextEngineID]) == engineID, scoped.contextName.isEmpty else { return nil }
      var pdu = BERReader(scoped.pdu)
      requestID = try pdu.integer32(octets.span)
      guard try pdu.integer32(octets.span) == 0, try pdu.integer32(octets.span) == 0 else { return nil }
      var list = BERReader(try pdu.content(BERTag.sequence, octets.span))
      var varbind = BERReader(try list.content(BERTag.sequence, octets.span))
      let name = Array(octets[try varbind.content(BERTag.objectIdentifier, octets.span)])
      guard try varbind.tag(octets.span) == BERTag.counter32 else { return nil }
      value = try varbind.unsigned32(octets.span)
      guard pdu.isAtEnd, list.isAtEnd, varbind.isAtEnd, pdu.end == octets.count else { return nil }
      guard name.count == 10, name.prefix(8) == [0x2B, 6, 1, 6, 3, 15, 1, 1], name[9] == 0 else { return nil }
      arc = UInt32(name[8])
    } catch {
      return nil
    }
  }
}
