import SNMPWire
import Testing

@Suite("Messages of the Transport Security Model")
struct TransportSecurityTests {
  /// As it is normalized: USM's parameters, flags of authPriv, and a scoped PDU that no one encrypted.
  private static let message = BER.messageV3(flags: [3], model: 4, BER.scoped(BER.pduV2()))

  @Test("they are accepted where they are expected, and read plain though they claim authPriv")
  func accepted() throws {
    let octets = Self.message
    let peek = try TrapPeek.read(octets.span, acceptsTransportSecurity: true)
    #expect(peek.kind == .trapV2 && peek.securityLevel == 3 && peek.securityModel == 4)
    let header = try V3Header.read(octets.span, acceptsTransportSecurity: true)
    #expect(header.securityModel == 4 && header.isEncrypted && !header.hasEncryptedData)
    let found = ScopedPDU(octets.span, header: header)
    let scoped = try #require(found)
    #expect(scoped.pduTag == 0xA7 && scoped.pdu == peek.pdu && scoped.contextName == peek.contextName)
    #expect(try TrapPeek.read(octets.span, isDecrypted: false).kind == .trapV2)
  }

  @Test("they are refused everywhere else")
  func refused() {
    let octets = Self.message
    #expect(throws: PeekRefusal.unsupportedVersion) { try TrapPeek.read(octets.span) }
    #expect(throws: PeekRefusal.unsupportedVersion) { try V3Header.read(octets.span) }
    let other = BER.messageV3(flags: [3], model: 5, BER.scoped(BER.pduV2()))
    #expect(throws: PeekRefusal.unsupportedVersion) {
      try TrapPeek.read(other.span, acceptsTransportSecurity: true)
    }
  }

  @Test("USM is what it was where both are accepted, and other versions have no model")
  func others() throws {
    let encrypted = SenderDatagrams.authPriv
    #expect(try TrapPeek.read(encrypted.span, acceptsTransportSecurity: true).kind == .v3Encrypted)
    #expect(try TrapPeek.read(encrypted.span).securityModel == 3)
    let coldStart = SenderDatagrams.coldStartV2c
    #expect(try TrapPeek.read(coldStart.span).securityModel == 0)
  }

  @Test("the scoped PDU of any message is found, but not in ciphertext")
  func scoped() throws {
    let discovery = SenderDatagrams.discovery
    let found = ScopedPDU(discovery.span, header: try V3Header.read(discovery.span))
    let scoped = try #require(found)
    let requestID = scoped.requestID(discovery.span)
    #expect(scoped.pduTag == 0xA0 && requestID != 0)
    var encrypted = SenderDatagrams.authPriv
    let header = try V3Header.read(encrypted.span)
    let ciphertext = ScopedPDU(encrypted.span, header: header)
    #expect(ciphertext == nil)
    let peek = try TrapPeek.read(encrypted.span)
    encrypted.replaceSubrange(peek.pdu, with: SenderDatagrams.authPrivPlaintext)
    let decrypted = ScopedPDU(encrypted.span, header: header)
    let opened = try #require(decrypted)
    let hasFields = opened.fields(encrypted.span) != nil
    #expect(opened.pduTag == 0xA7 && hasFields)
  }
}
