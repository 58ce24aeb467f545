/// What the peek finds: plain offsets into the datagram, no allocation, trivially copyable.
///
/// A datagram that yields one is accepted and will be delivered, even if its PDU cannot be decoded.
package struct TrapPeek: Sendable {
  package let version: SNMPVersion
  package let kind: NotificationKind
  /// Empty for v3.
  package let community: Range<Int>
  /// Where the PDU's tag stands. (The answer to an inform is the same octets with a Response tag there.)
  package let pduTag: Int
  /// The content octets of the PDU, after tag and length, or of the encrypted scoped PDU; clamped to the octets that
  /// are there when a declared length overruns them, empty when the length itself cannot be read.
  package let pdu: Range<Int>
  /// v3 only, else empty.
  package let engineID: Range<Int>
  /// v3 only, else empty.
  package let userName: Range<Int>
  /// v3 only and only when not encrypted, else empty.
  package let contextName: Range<Int>
  /// v3: msgFlags & 3: 0 noAuthNoPriv, 1 authNoPriv, 3 authPriv. As claimed: nothing is verified here.
  package let securityLevel: UInt8
  /// v3: `V3Header.userSecurityModel` or `transportSecurityModel`, else 0.
  package let securityModel: UInt8
}

extension TrapPeek {
  /// An empty range where a field does not exist.
  static let absent = 0..<0

  init(_ pdu: PDUPlace, version: SNMPVersion, community: Range<Int>) {
    self.version = version
    self.kind = pdu.kind
    self.community = community
    self.pduTag = pdu.tag
    self.pdu = pdu.content
    self.engineID = Self.absent
    self.userName = Self.absent
    self.contextName = Self.absent
    self.securityLevel = 0
    self.securityModel = 0
  }

  init(_ pdu: PDUPlace, header: V3Header, contextName: Range<Int>) {
    self.version = .v3
    self.kind = pdu.kind
    self.community = Self.absent
    self.pduTag = pdu.tag
    self.pdu = pdu.content
    self.engineID = header.engineID
    self.userName = header.userName
    self.contextName = contextName
    self.securityLevel = header.flags & 3
    self.securityModel = header.securityModel
  }

  init(_ pdu: PDUPlace, opening peek: TrapPeek, contextName: Range<Int>) {
    self.version = peek.version
    self.kind = pdu.kind
    self.community = peek.community
    self.pduTag = pdu.tag
    self.pdu = pdu.content
    self.engineID = peek.engineID
    self.userName = peek.userName
    self.contextName = contextName
    self.securityLevel = peek.securityLevel
    self.securityModel = peek.securityModel
  }
}
