package import SNMPWire

extension USMVerifier {
  /// The Response to a verified inform (RFC 3416 §4.2.7): its own PDU with another tag, error-status and index 0, secured
  /// as it was. nil where its PDU has no such fields, or its user has no keys here.
  ///
  /// - Parameter octets: as `open` left them, or as a record of a decrypted message holds them.
  package mutating func response(to octets: Span<UInt8>, peek: TrapPeek, user: USMUser, now: UInt64) -> [UInt8]? {
    guard peek.kind == .inform, let header = try? V3Header.read(octets), let scoped = ScopedPDU(octets, header: header)
    else { return nil }
    guard let fields = scoped.fields(octets) else { return nil }
    let level = header.flags & 3
    let keys = level == 0 ? nil : ownKeys(of: user)
    guard level == 0 || keys != nil, level <= user.level else { return nil }
    var pdu = BERWriter()
    pdu.constructed(BERTag.response) {
      $0.element(BERTag.integer, fields.requestID.map { octets[$0] })
      $0.integer(0)
      $0.integer(0)
      $0.raw(fields.varbinds.map { octets[$0] })
    }
    salt &+= 1
    return USMSealer.seal(
      messageID: header.messageID, flags: level, engineID: local.engineID, boots: local.boots,
      time: local.time(now: now), user: user.name, keys: keys,
      contextEngineID: scoped.contextEngineID.map { octets[$0] }, contextName: scoped.contextName.map { octets[$0] },
      pdu: pdu.octets, salt: salt)
  }
}
