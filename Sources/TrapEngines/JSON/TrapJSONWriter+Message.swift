internal import SNMPWire
internal import TrapBatching
internal import TrapDispatch

/// What the datagram itself says, from `agent` to `varbinds`, `error` and `raw`.
extension TrapJSONWriter {
  internal mutating func writeMessage(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>
  ) {
    let peek: TrapPeek
    do throws(PeekRefusal) {
      peek = try TrapPeek.read(octets)
    } catch {
      Self.writeAgent(trap.source, nil, to: &line)
      return Self.writeUnreadable(error, octets, to: &line)
    }
    do throws(BERError) {
      let notification = try NotificationDecoder(octets, peek: peek)
      Self.writeAgent(trap.source, notification.agentAddress, to: &line)
      writeHead(peek, octets, to: &line)
      writeDecoded(notification, octets, to: &line)
      // Nothing here verifies a digest: who wants to needs the octets.
      if peek.securityLevel != 0 { Self.writeRaw(octets, to: &line) }
    } catch {
      Self.writeAgent(trap.source, nil, to: &line)
      writeHead(peek, octets, to: &line)
      let isKnown = peek.readTrapOID(from: octets, into: &oid)
      writeTrapOID(isKnown, to: &line)
      line.write(",\"error\":\"")
      line.writeText(error.description)
      line.write("\"")
      Self.writeRaw(octets, to: &line)
    }
  }

  /// The device that the trap speaks of: agent-addr of a v1 trap where it says one, else the source.
  private static func writeAgent(_ source: SourceAddress, _ agent: UInt32?, to line: inout OutputSpan<UInt8>) {
    line.write(",\"agent\":\"")
    if let agent, agent != 0 { line.writeDotted(agent) } else { line.writeAddress(source) }
    line.write("\"")
  }

  private static func writeUnreadable(
    _ refusal: PeekRefusal, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>
  ) {
    switch refusal {
    case .malformed: line.write(",\"error\":\"not an SNMP message\"")
    case .unsupportedVersion: line.write(",\"error\":\"unsupported SNMP version or security model\"")
    case .notANotification: line.write(",\"error\":\"not a notification\"")
    }
    writeRaw(octets, to: &line)
  }

  private static func writeRaw(_ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>) {
    line.write(",\"raw\":\"")
    line.writeBase64(octets)
    line.write("\"")
  }

  /// Version, community, the v3 security parameters as the message claims them, and the kind of PDU.
  private func writeHead(_ peek: TrapPeek, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>) {
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
    // Whoever sent it claims all of this.
    line.write(",\"verified\":false")
    if peek.kind != .v3Encrypted { line.writeMember("context", octets, peek.contextName) }
  }

  private func writeTrapOID(_ isKnown: Bool, to line: inout OutputSpan<UInt8>) {
    guard isKnown else { return }
    line.write(",\"trap\":{\"oid\":\"")
    oid.writeText(to: &line)
    line.write("\"}")
  }

  private mutating func writeDecoded(
    _ notification: NotificationDecoder, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>
  ) {
    if notification.kind == .inform, let requestID = notification.requestID {
      line.write(",\"requestID\":")
      line.writeDecimal(Int64(requestID))
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
