/// Rewrites the PDU of a notification as another version's (RFC 3584 §3), for whoever sends it on.
package struct NotificationRewriter: Sendable {
  static let sysUpTime: [UInt8] = [0x2B, 6, 1, 2, 1, 1, 3, 0]
  static let snmpTrapOID: [UInt8] = [0x2B, 6, 1, 6, 3, 1, 1, 4, 1, 0]
  static let snmpTrapEnterprise: [UInt8] = [0x2B, 6, 1, 6, 3, 1, 1, 4, 3, 0]
  static let snmpTrapAddress: [UInt8] = [0x2B, 6, 1, 6, 3, 18, 1, 3, 0]
  static let snmpTrapCommunity: [UInt8] = [0x2B, 6, 1, 6, 3, 18, 1, 4, 0]
  static let snmpTraps: [UInt32] = [1, 3, 6, 1, 6, 3, 1, 1, 5]

  var oid = TrapOID()

  package init() {}

  /// The PDU's octets: tag, length and content.
  ///
  /// - Parameters:
  ///   - peek: of these octets; of a v3 message the opened one.
  ///   - agent: the IPv4 address of the device that the notification speaks of, first octet highest; nil where it has
  ///     none. It goes into agent-addr or snmpTrapAddress.0, where the notification does not say it already.
  package mutating func rewrite(
    _ octets: Span<UInt8>, peek: TrapPeek, as form: NotificationForm, requestID: Int32, agent: UInt32?
  ) throws(ConversionError) -> [UInt8] {
    let notification: NotificationDecoder
    do throws(BERError) {
      notification = try NotificationDecoder(octets, peek: peek)
    } catch {
      throw .undecodable(error)
    }
    return form == .trapV1
      ? try trapV1(octets, notification, agent: agent)
      : try trapV2(octets, peek, notification, form.tag, requestID, agent: agent)
  }

  // MARK: - As SNMPv2 (§3.1)

  private mutating func trapV2(
    _ octets: Span<UInt8>, _ peek: TrapPeek, _ notification: NotificationDecoder, _ tag: UInt8, _ requestID: Int32,
    agent: UInt32?
  ) throws(ConversionError) -> [UInt8] {
    guard readTrapOID(octets, notification) else { throw .noTrapOID }
    let list = try RewrittenVarbinds(octets, notification)
    var body = BERWriter()
    body.sequence { varbinds in
      varbinds.sequence { head in
        head.element(BERTag.objectIdentifier, Self.sysUpTime)
        head.integer(Int64(notification.uptime ?? 0), tag: BERTag.timeTicks)
      }
      varbinds.sequence { head in
        head.element(BERTag.objectIdentifier, Self.snmpTrapOID)
        head.objectIdentifier(subidentifiers)
      }
      varbinds.raw(list.octets)
      let said = notification.agentAddress.flatMap { $0 == 0 ? nil : $0 }
      if let address = said ?? agent, !list.names.contains(Self.snmpTrapAddress) {
        varbinds.sequence { extra in
          extra.element(BERTag.objectIdentifier, Self.snmpTrapAddress)
          extra.element(BERTag.ipAddress, BERWriter.fourOctets(address))
        }
      }
      if notification.kind == .trapV1 { addV1(to: &varbinds, octets, peek, notification, list.names) }
    }
    var pdu = BERWriter()
    pdu.constructed(tag) { fields in
      fields.integer(Int64(requestID))
      fields.integer(0)
      fields.integer(0)
      fields.raw(body.octets)
    }
    return pdu.octets
  }

  /// What a Trap-PDU's header said and an SNMPv2 PDU has no field for.
  private func addV1(
    to varbinds: inout BERWriter, _ octets: Span<UInt8>, _ peek: TrapPeek, _ notification: NotificationDecoder,
    _ names: [[UInt8]]
  ) {
    if peek.version != .v3, !names.contains(Self.snmpTrapCommunity) {
      varbinds.sequence { extra in
        extra.element(BERTag.objectIdentifier, Self.snmpTrapCommunity)
        extra.octetString(octets.copy(peek.community))
      }
    }
    if let enterprise = notification.enterprise, !names.contains(Self.snmpTrapEnterprise) {
      varbinds.sequence { extra in
        extra.element(BERTag.objectIdentifier, Self.snmpTrapEnterprise)
        extra.element(BERTag.objectIdentifier, octets.copy(enterprise))
      }
    }
  }

  /// False where there is none that could be written.
  mutating func readTrapOID(_ octets: Span<UInt8>, _ notification: NotificationDecoder) -> Bool {
    notification.readTrapOID(into: &oid, from: octets) && oid.count >= 2
  }

  var subidentifiers: [UInt32] { (0..<oid.count).map { oid[$0] } }
}
