/// What a notification says, whatever it is written as: the same for a Trap-PDU of SNMPv1, for what RFC 3584 §3.1 makes of
/// it, and for an inform of either, whatever their request IDs.
///
/// That is the trap OID, the uptime, the device's address where the notification names one, and all varbinds but those with
/// which a forwarder tells where it has the notification from.
package struct NotificationIdentity: Sendable {
  private var oid = TrapOID()

  package init() {}

  /// Differs from run to run. What cannot be decoded is told by the octets of its PDU.
  package mutating func hash(_ octets: Span<UInt8>, peek: TrapPeek) -> UInt64 {
    var hasher = Hasher()
    do throws(BERError) {
      try combine(octets, try NotificationDecoder(octets, peek: peek), &hasher)
    } catch {
      hasher = Hasher()
      octets.combine(peek.pdu, &hasher)
    }
    return UInt64(truncatingIfNeeded: hasher.finalize())
  }

  private mutating func combine(
    _ octets: Span<UInt8>, _ notification: NotificationDecoder, _ hasher: inout Hasher
  ) throws(BERError) {
    if notification.readTrapOID(into: &oid, from: octets) { hasher.combine(oid) }
    hasher.combine(notification.uptime ?? 0)
    var address = notification.agentAddress ?? 0
    var reader = notification.varbinds
    while true {
      let start = reader.offset
      guard let varbind = try reader.next(octets) else { break }
      guard !notification.isHeader(varbind) else { continue }
      guard let origin = TrapOrigin(name: varbind.name, octets) else {
        octets.combine(start..<reader.offset, &hasher)
        continue
      }
      if case .address = origin, varbind.type == .ipAddress, address == 0 { address = varbind.ipAddress(octets) }
    }
    hasher.combine(address)
  }
}

extension Span<UInt8> {
  /// Eight octets at a time.
  fileprivate func combine(_ range: Range<Int>, _ hasher: inout Hasher) {
    hasher.combine(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let end = Swift.min(index + 8, range.upperBound)
      var word: UInt64 = 0
      while index < end {
        word = word << 8 | UInt64(self[index])
        index += 1
      }
      hasher.combine(word)
    }
  }
}
