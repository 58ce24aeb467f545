internal import SNMPWire
internal import TrapBatching
internal import TrapDispatch

/// What the datagram itself says, from `agent` to `varbinds`, `error` and `raw`.
extension TrapJSONWriter {
  internal mutating func writeMessage(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>
  ) {
    line.write(",\"agent\":\"")
    line.writeAddress(trap.agent ?? trap.source)
    line.write("\"")
    let peek: TrapPeek
    do throws(PeekRefusal) {
      peek = try TrapPeek.read(octets, isDecrypted: trap.marks.contains(.decrypted))
    } catch {
      return Self.writeUnreadable(error, trap.marks, octets, to: &line)
    }
    writeHead(peek, trap.marks, octets, to: &line)
    do throws(BERError) {
      let notification = try NotificationDecoder(octets, peek: peek)
      writeDecoded(notification, trap.marks, octets, to: &line)
      // Who wants to verify the digest needs the octets.
      if peek.securityLevel != 0 && !trap.marks.contains(.verified) { Self.writeRaw(trap.marks, octets, to: &line) }
    } catch {
      let isKnown = peek.readTrapOID(from: octets, into: &oid)
      writeTrapOID(isKnown, to: &line)
      line.write(",\"error\":\"")
      line.writeText(error.description)
      line.write("\"")
      Self.writeRaw(trap.marks, octets, to: &line)
    }
  }

  private static func writeUnreadable(
    _ refusal: PeekRefusal, _ marks: TrapMarks, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>
  ) {
    switch refusal {
    case .malformed: line.write(",\"error\":\"not an SNMP message\"")
    case .unsupportedVersion: line.write(",\"error\":\"unsupported SNMP version or security model\"")
    case .notANotification: line.write(",\"error\":\"not a notification\"")
    }
    writeRaw(marks, octets, to: &line)
  }

  private static func writeRaw(_ marks: TrapMarks, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>) {
    // No longer what was received: nobody shall check a digest over it.
    if marks.contains(.decrypted) { line.write(",\"decrypted\":true") }
    line.write(",\"raw\":\"")
    line.writeBase64(octets)
    line.write("\"")
  }

  /// Version, community, the v3 security parameters as the message has them, and the kind of PDU.
  private func writeHead(
    _ peek: TrapPeek, _ marks: TrapMarks, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>
  ) {
    switch peek.version {
    case .v1: line.write(",\"version\":\"1\"")
    case .v2c: line.write(",\"version\":\"2c\"")
    case .v3: line.write(",\"version\":\"3\"")
    }
    if options.communities && peek.version != .v3 { line.writeMember("community", octets, peek.community) }
    switch peek.kind {
    case .trapV1, .trapV2: line.write(",\"pdu\":\"trap\"")
    case .inform: line.write(",\"pdu\":\"inform\"")
    case .v3Encrypted: break
    }
    Self.writeOddity(peek, to: &line)
    guard peek.version == .v3 else { return }
    line.write(",\"engineID\":\"")
    line.writeHexadecimal(octets, peek.engineID)
    line.write("\"")
    line.writeMember("user", octets, peek.userName)
    switch peek.securityLevel {
    case 0: line.write(",\"level\":\"noAuthNoPriv\"")
    case 1: line.write(",\"level\":\"authNoPriv\"")
    default: line.write(",\"level\":\"authPriv\"")
    }
    if peek.securityModel == V3Header.transportSecurityModel { line.write(",\"model\":\"tsm\"") }
    // Else whoever sent it claims all of this.
    line.write(marks.contains(.verified) ? ",\"verified\":true" : ",\"verified\":false")
    guard peek.kind != .v3Encrypted else { return }
    line.writeMember("context", octets, peek.contextName)
    guard !Self.isEqual(peek.contextEngineID, peek.engineID, octets) else { return }
    line.write(",\"contextEngineID\":\"")
    line.writeHexadecimal(octets, peek.contextEngineID)
    line.write("\"")
  }

  /// A PDU that the message's version does not have (RFC 3416 §4.2.6, RFC 1157 §4.1.6) is decoded all the same.
  private static func writeOddity(_ peek: TrapPeek, to line: inout OutputSpan<UInt8>) {
    switch (peek.version, peek.kind) {
    case (.v2c, .trapV1): line.write(",\"odd\":\"v1-trap-in-v2c\"")
    case (.v3, .trapV1): line.write(",\"odd\":\"v1-trap-in-v3\"")
    case (.v1, .trapV2): line.write(",\"odd\":\"v2-trap-in-v1\"")
    case (.v1, .inform): line.write(",\"odd\":\"inform-in-v1\"")
    default: break
    }
  }

  private static func isEqual(_ left: Range<Int>, _ right: Range<Int>, _ octets: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count where octets[left.lowerBound + offset] != octets[right.lowerBound + offset] {
      return false
    }
    return true
  }

  private func writeTrapOID(_ isKnown: Bool, to line: inout OutputSpan<UInt8>) {
    guard isKnown else { return }
    line.write(",\"trap\":{\"oid\":\"")
    oid.writeText(to: &line)
    line.write("\"}")
  }

  private mutating func writeDecoded(
    _ notification: NotificationDecoder, _ marks: TrapMarks, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>
  ) {
    if notification.kind == .inform, let requestID = notification.requestID {
      line.write(",\"requestID\":")
      line.writeDecimal(Int64(requestID))
      if marks.contains(.answered) { line.write(",\"answered\":true") }
    }
    let isKnown = notification.readTrapOID(into: &oid, from: octets)
    writeTrapOID(isKnown, to: &line)
    if let enterprise = notification.enterprise {
      line.write(",\"enterprise\":\"")
      OIDText.writeOID(octets, enterprise, to: &line)
      line.write("\"")
    }
    if let generic = notification.generic, let specific = notification.specific {
      line.write(",\"generic\":")
      line.writeDecimal(Int64(generic))
      line.write(",\"specific\":")
      line.writeDecimal(Int64(specific))
    }
    if let uptime = notification.uptime {
      line.write(",\"uptime\":")
      line.writeDecimal(UInt64(uptime))
    }
    writeVarbinds(notification, octets, to: &line)
  }
}
