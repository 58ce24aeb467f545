// As SNMPv1 (RFC 3584 §3.2).
extension NotificationRewriter {
  /// The content octets of the enterprise, generic-trap and specific-trap.
  private typealias Identity = (enterprise: [UInt8], generic: Int32, specific: Int32)

  mutating func trapV1(
    _ octets: Span<UInt8>, _ notification: NotificationDecoder, _ list: RewrittenVarbinds, agent: UInt32?
  ) throws(ConversionError) -> [UInt8] {
    guard !list.hasCounter64 else { throw .counter64 }
    let identity = try identity(octets, notification, list)
    let said = notification.agentAddress.flatMap { $0 == 0 ? nil : $0 }
    var pdu = BERWriter()
    pdu.constructed(BERTag.trapV1) { fields in
      fields.element(BERTag.objectIdentifier, identity.enterprise)
      fields.ipAddress(said ?? list.trapAddress ?? agent ?? 0)
      fields.integer(Int64(identity.generic))
      fields.integer(Int64(identity.specific))
      fields.integer(Int64(notification.uptime ?? 0), tag: BERTag.timeTicks)
      fields.element(BERTag.sequence, list.octets)
    }
    return pdu.octets
  }

  private mutating func identity(
    _ octets: Span<UInt8>, _ notification: NotificationDecoder, _ list: RewrittenVarbinds
  ) throws(ConversionError) -> Identity {
    if let known = notification.enterprise, let generic = notification.generic, let specific = notification.specific {
      return (octets.copy(known), generic, specific)
    }
    let arcs = try trapOID(octets, notification)
    let last = arcs[arcs.count - 1]
    if arcs.count == Self.snmpTraps.count + 1, arcs.starts(with: Self.snmpTraps), 1...6 ~= last {
      return (list.trapEnterprise ?? BERWriter.content(of: Self.snmpTraps), Int32(last) - 1, 0)
    }
    // What is left must be an OBJECT IDENTIFIER still.
    let hasZero = arcs.count >= 4 && arcs[arcs.count - 2] == 0
    let enterprise = Array(arcs.dropLast(hasZero ? 2 : 1))
    return (BERWriter.content(of: enterprise.count >= 2 ? enterprise : [0, 0]), 6, Int32(bitPattern: last))
  }
}
