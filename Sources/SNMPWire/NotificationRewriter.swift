/// Rewrites the PDU of a notification as another version's (RFC 3584 §3), for whoever sends it on.
package struct NotificationRewriter: Sendable {
  static let sysUpTime: [UInt8] = [0x2B, 6, 1, 2, 1, 1, 3, 0]
  static let snmpTrapOID: [UInt8] = [0x2B, 6, 1, 6, 3, 1, 1, 4, 1, 0]
  static let snmpTraps: [UInt32] = [1, 3, 6, 1, 6, 3, 1, 1, 5]

  private var oid = TrapOID()

  package init() {}

  /// The PDU's octets: tag, length and content.
  ///
  /// - Parameters:
  ///   - peek: of these octets; of a v3 message the opened one.
  ///   - requestID: of the new PDU, where it has one.
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
    let list = try RewrittenVarbinds(octets, notification)
    if form == .trapV1 { return try trapV1(octets, notification, list, agent: agent) }
    let varbinds = try varbindsV2(octets, peek, notification, list, agent: agent)
    var pdu = BERWriter()
    pdu.constructed(form.tag) { fields in
      fields.integer(Int64(requestID))
      fields.integer(0)
      fields.integer(0)
      fields.element(BERTag.sequence, varbinds)
    }
    return pdu.octets
  }

  // MARK: - As SNMPv2 (§3.1)

  private mutating func varbindsV2(
    _ octets: Span<UInt8>, _ peek: TrapPeek, _ notification: NotificationDecoder, _ list: RewrittenVarbinds,
    agent: UInt32?
  ) throws(ConversionError) -> [UInt8] {
    let trapOID = try trapOID(octets, notification)
    var varbinds = BERWriter()
    varbinds.varbind(Self.sysUpTime) { $0.integer(Int64(notification.uptime ?? 0), tag: BERTag.timeTicks) }
    varbinds.varbind(Self.snmpTrapOID) { $0.objectIdentifier(trapOID) }
    varbinds.raw(list.octets)
    let said = notification.agentAddress.flatMap { $0 == 0 ? nil : $0 }
    if let address = said ?? agent, !list.hasTrapAddress {
      varbinds.varbind(TrapOrigin.snmpTrapAddress) { $0.ipAddress(address) }
    }
    guard let enterprise = notification.enterprise else { return varbinds.octets }
    // What a Trap-PDU's message and header said and an SNMPv2 PDU has no field for.
    if peek.version != .v3, !list.hasTrapCommunity {
      let community = octets.copy(peek.community)
      varbinds.varbind(TrapOrigin.snmpTrapCommunity) { $0.octetString(community) }
    }
    if !list.hasTrapEnterprise {
      let enterprise = octets.copy(enterprise)
      varbinds.varbind(TrapOrigin.snmpTrapEnterprise) { $0.element(BERTag.objectIdentifier, enterprise) }
    }
    return varbinds.octets
  }

  /// At least two subidentifiers, and not more than an OBJECT IDENTIFIER may have.
  mutating func trapOID(
    _ octets: Span<UInt8>, _ notification: NotificationDecoder
  ) throws(ConversionError) -> [UInt32] {
    guard notification.readTrapOID(into: &oid, from: octets), 2...ObjectIdentifier.maximumCount ~= oid.count else {
      throw .noTrapOID
    }
    return (0..<oid.count).map { oid[$0] }
  }
}

extension BERWriter {
  /// `name`: encoded.
  fileprivate mutating func varbind(_ name: [UInt8], _ value: (inout BERWriter) -> Void) {
    sequence { varbind in
      varbind.element(BERTag.objectIdentifier, name)
      value(&varbind)
    }
  }

  /// `address`: first octet highest.
  mutating func ipAddress(_ address: UInt32) {
    element(BERTag.ipAddress, [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: address >> UInt32($0)) })
  }
}
