internal import SNMPWire
internal import TrapBatching
internal import TrapDispatch

/// What snmptrapd 5.9 writes to a handler's standard input under `-On` (`Documentation/TraphandleFormat.md`).
internal enum TraphandleText {
  static func text(_ trap: DeliveredTrap, _ octets: Span<UInt8>, communities: Bool) -> [UInt8] {
    var text: [UInt8] = []
    let source = trap.source.description
    let transport =
      trap.source.isIPv4
      ? "UDP: [\(source)]:\(trap.port)->[0.0.0.0]:0"
      : "UDP/IPv6: [\(source)]:\(trap.port)->[::]:0"
    text.append(contentsOf: "\(source)\n\(transport)\n".utf8)
    do throws(PeekRefusal) {
      let peek = try TrapPeek.read(octets, isDecrypted: trap.marks.contains(.decrypted))
      do throws(BERError) {
        append(try NotificationDecoder(octets, peek: peek), octets, peek, communities, &text)
      } catch {
        text.append(contentsOf: "# not decoded: \(error)\n".utf8)
      }
      // Last: handlers look for sysUpTime.0 and snmpTrapOID.0 in the third and fourth line.
      if peek.version == .v3 && !trap.marks.contains(.verified) {
        text.append(contentsOf: "# not verified: SNMPv3 user and content are the sender's claim\n".utf8)
      }
    } catch {
      text.append(contentsOf: "# not decoded: not a notification\n".utf8)
    }
    return text
  }

  private static func append(
    _ notification: NotificationDecoder, _ octets: Span<UInt8>, _ peek: TrapPeek, _ communities: Bool,
    _ text: inout [UInt8]
  ) {
    if notification.kind == .trapV1 { appendV1Head(notification, octets, &text) }
    var reader = notification.varbinds
    while let varbind = try? reader.next(octets) {
      text.append(UInt8(ascii: "."))
      OIDText.appendOID(octets, varbind.name, to: &text)
      text.append(UInt8(ascii: " "))
      TraphandleValue.append(varbind, octets, to: &text)
      text.append(UInt8(ascii: "\n"))
    }
    guard notification.kind == .trapV1 else { return }
    if let agent = notification.agentAddress, agent != 0 {
      text.append(contentsOf: ".1.3.6.1.6.3.18.1.3.0 \(SourceAddress(ipv4: agent))\n".utf8)
    }
    if communities {
      text.append(contentsOf: ".1.3.6.1.6.3.18.1.4.0 ".utf8)
      TraphandleValue.appendString(octets, peek.community, to: &text)
      text.append(UInt8(ascii: "\n"))
    }
    if let enterprise = notification.enterprise {
      text.append(contentsOf: ".1.3.6.1.6.3.1.1.4.3.0 .".utf8)
      OIDText.appendOID(octets, enterprise, to: &text)
      text.append(UInt8(ascii: "\n"))
    }
  }

  private static func appendV1Head(
    _ notification: NotificationDecoder, _ octets: Span<UInt8>, _ text: inout [UInt8]
  ) {
    text.append(contentsOf: ".1.3.6.1.2.1.1.3.0 ".utf8)
    TraphandleValue.appendTimeTicks(notification.uptime ?? 0, to: &text)
    var oid = TrapOID()
    if notification.readTrapOID(into: &oid, from: octets) {
      text.append(contentsOf: "\n.1.3.6.1.6.3.1.1.4.1.0 .".utf8)
      oid.appendText(to: &text)
    }
    text.append(UInt8(ascii: "\n"))
  }
}
