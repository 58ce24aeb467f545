/// A notification that can be decoded completely: header fields and a checked varbind list, as offsets only.
package struct NotificationDecoder: Sendable {
  package let kind: NotificationKind
  /// SNMPv2-Trap and InformRequest.
  package private(set) var requestID: Int32?
  /// sysUpTime.0, or a v1 Trap-PDU's time-stamp: hundredths of a second.
  package private(set) var uptime: UInt32?
  /// v1: the content octets of the enterprise's OBJECT IDENTIFIER.
  package private(set) var enterprise: Range<Int>?
  /// v1: agent-addr, first octet highest; nil where it has not four octets.
  package private(set) var agentAddress: UInt32?
  /// v1.
  package private(set) var generic: Int32?
  /// v1.
  package private(set) var specific: Int32?
  package private(set) var varbindCount = 0

  private var list = 0..<0
  private var uptimeName: Int?
  private var trapOIDName: Int?
  private var trapOIDValue: Range<Int>?

  /// The whole list, in order.
  package var varbinds: VarbindReader { VarbindReader(list) }

  /// Reads and checks the whole PDU, allocating nothing. Throws where anything in it cannot be decoded; octets
  /// behind the varbind list are ignored.
  package init(_ octets: Span<UInt8>, peek: TrapPeek) throws(BERError) {
    self.kind = peek.kind
    var pdu = BERReader(peek.pdu)
    switch peek.kind {
    case .v3Encrypted: throw .encrypted(at: peek.pduTag)
    case .trapV1: try readTrapV1(octets, &pdu)
    case .trapV2, .inform: try readTrapV2(octets, &pdu)
    }
    self.list = try pdu.content(BERTag.sequence, octets)
    try readVarbinds(octets)
  }

  /// False where there is no snmpTrapOID.0 of type OBJECT IDENTIFIER.
  package func readTrapOID(into oid: inout TrapOID, from octets: Span<UInt8>) -> Bool {
    if let enterprise, let generic, let specific {
      return oid.fillV1(from: octets, enterprise: enterprise, generic: generic, specific: specific)
    }
    oid.removeAll()
    guard let trapOIDValue else { return false }
    return oid.fill(from: octets, trapOIDValue)
  }

  /// Whether this varbind is the one that `uptime` or the trap OID was read from. A second sysUpTime.0, or one of
  /// another type, or any in a v1 trap, is an ordinary varbind.
  package func isHeader(_ varbind: Varbind) -> Bool {
    varbind.name.lowerBound == uptimeName || varbind.name.lowerBound == trapOIDName
  }

  private mutating func readTrapV1(_ octets: Span<UInt8>, _ pdu: inout BERReader) throws(BERError) {
    let fields = try TrapPDUFields(octets, &pdu)
    try BERReader.checkObjectIdentifier(fields.enterprise, octets)
    enterprise = fields.enterprise
    agentAddress = fields.agentAddress
    generic = fields.generic
    specific = fields.specific
    uptime = fields.uptime
  }

  /// RFC 3416 §3: request-id, error-status, error-index; the last two mean nothing in a notification.
  private mutating func readTrapV2(_ octets: Span<UInt8>, _ pdu: inout BERReader) throws(BERError) {
    requestID = try pdu.integer32(octets)
    _ = try pdu.integer32(octets)
    _ = try pdu.integer32(octets)
  }

  private mutating func readVarbinds(_ octets: Span<UInt8>) throws(BERError) {
    var reader = BERReader(list)
    while !reader.isAtEnd {
      let varbind = try Varbind(octets, &reader)
      varbindCount += 1
      if kind != .trapV1 { note(varbind, octets) }
    }
  }

  private mutating func note(_ varbind: Varbind, _ octets: Span<UInt8>) {
    switch varbind.type {
    case .timeTicks where uptimeName == nil && varbind.isSysUpTime(octets):
      uptimeName = varbind.name.lowerBound
      uptime = UInt32(truncatingIfNeeded: varbind.unsigned(octets))
    case .objectIdentifier where trapOIDName == nil && varbind.isSnmpTrapOID(octets):
      trapOIDName = varbind.name.lowerBound
      trapOIDValue = varbind.value
    default:
      break
    }
  }
}
