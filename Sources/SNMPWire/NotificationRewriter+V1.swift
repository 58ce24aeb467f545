// As SNMPv1 (RFC 3584 §3.2).
extension NotificationRewriter {
  mutating func trapV1(
    _ octets: Span<UInt8>, _ notification: NotificationDecoder, agent: UInt32?
  ) throws(ConversionError) -> [UInt8] {
    let list = try RewrittenVarbinds(octets, notification)
    guard !list.hasCounter64 else { throw .counter64 }
    guard readTrapOID(octets, notification) else { throw .noTrapOID }
    var pdu = BERWriter()
    let identity = trapIdentity(octets, notification, list)
    pdu.constructed(BERTag.trapV1) { fields in
      fields.raw(identity.enterprise)
      fields.element(BERTag.ipAddress, BERWriter.fourOctets(list.trapAddress ?? notification.agentAddress ?? agent ?? 0))
      fields.integer(Int64(identity.generic))
      fields.integer(Int64(identity.specific))
      fields.integer(Int64(notification.uptime ?? 0), tag: BERTag.timeTicks)
      fields.sequence { $0.raw(list.octets) }
    }
    return pdu.octets
  }

  private func trapIdentity(
    _ octets: Span<UInt8>, _ notification: NotificationDecoder, _ list: RewrittenVarbinds
  ) -> (enterprise: [UInt8], generic: Int32, specific: Int32) {
    var enterprise = BERWriter()
    if let known = notification.enterprise, let generic = notification.generic, let specific = notification.specific {
      enterprise.element(BERTag.objectIdentifier, octets.copy(known))
      return (enterprise.octets, generic, specific)
    }
    let arcs = subidentifiers
    if arcs.count == 10, Array(arcs.dropLast()) == Self.snmpTraps, 1...6 ~= arcs[9] {
      if let said = list.trapEnterprise {
        enterprise.element(BERTag.objectIdentifier, said)
      } else {
        enterprise.objectIdentifier(Self.snmpTraps)
      }
      return (enterprise.octets, Int32(arcs[9]) - 1, 0)
    }
    let isZeroBefore = arcs.count > 3 && arcs[arcs.count - 2] == 0
    let head = Array(arcs.dropLast(isZeroBefore ? 2 : 1))
    enterprise.objectIdentifier(head.count >= 2 ? head : [0, 0])
    return (enterprise.octets, 6, Int32(bitPattern: arcs[arcs.count - 1]))
  }
}
