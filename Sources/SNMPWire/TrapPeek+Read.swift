extension TrapPeek {
  /// Reads version, community or v3 security parameters, and the PDU's tag, and nothing behind them.
  ///
  /// The outer header must be well formed and the fields before the PDU must lie inside their containers. The
  /// lengths of the message and the PDU may overrun: they are clamped. Octets after the message are ignored.
  ///
  /// - Parameter acceptsTransportSecurity: whether a v3 message may be of the Transport Security Model: only what came
  ///   over TLS or DTLS may say so.
  package static func read(
    _ octets: Span<UInt8>, acceptsTransportSecurity: Bool = false
  ) throws(PeekRefusal) -> TrapPeek {
    var (message, version) = try readVersion(octets)
    if version == .v3 { return try readV3(octets, &message, acceptsTransportSecurity) }
    let community: Range<Int>
    do throws(BERError) {
      community = try message.content(BERTag.octetString, octets)
    } catch {
      throw .malformed
    }
    return TrapPeek(try PDUPlace(octets, &message), version: version, community: community)
  }

  /// The peek of the same message once its scoped PDU is decrypted: `plaintext` is where it stands in `octets`,
  /// padding included. Community, engine ID and user keep the offsets of the original peek, so that they hold for
  /// a datagram that was decrypted in place and mean nothing for other octets.
  package func opened(_ octets: Span<UInt8>, plaintext: Range<Int>) throws(PeekRefusal) -> TrapPeek {
    var reader = BERReader(plaintext)
    let (pdu, contextName) = try Self.readScopedPDU(octets, &reader)
    return TrapPeek(pdu, opening: self, contextName: contextName)
  }

  /// The peek of a message that was accepted before, whatever it came over; its scoped PDU may have been decrypted in
  /// place.
  package static func read(_ octets: Span<UInt8>, isDecrypted: Bool) throws(PeekRefusal) -> TrapPeek {
    let peek = try read(octets, acceptsTransportSecurity: true)
    guard isDecrypted, peek.kind == .v3Encrypted else { return peek }
    return try peek.opened(octets, plaintext: peek.pdu)
  }

  /// A reader behind the version, which the versions have in common.
  static func readVersion(_ octets: Span<UInt8>) throws(PeekRefusal) -> (BERReader, SNMPVersion) {
    var message: BERReader
    let number: Int32
    do throws(BERError) {
      var datagram = BERReader(octets)
      message = try datagram.clamped(BERTag.sequence, octets)
      number = try message.integer32(octets)
    } catch {
      throw .malformed
    }
    guard let octet = UInt8(exactly: number), let version = SNMPVersion(rawValue: octet) else {
      throw .unsupportedVersion
    }
    return (message, version)
  }

  /// RFC 3412 §7.2: encryption without authentication is no security level, and the flag and the form of the
  /// scoped PDU must agree.
  private static func readV3(
    _ octets: Span<UInt8>, _ message: inout BERReader, _ acceptsTransportSecurity: Bool
  ) throws(PeekRefusal) -> TrapPeek {
    let header = try V3Header(octets, &message, acceptsTransportSecurity: acceptsTransportSecurity)
    guard header.hasEncryptedData else {
      let (pdu, contextName) = try readScopedPDU(octets, &message)
      return TrapPeek(pdu, header: header, contextName: contextName)
    }
    let start = message.offset
    guard header.isAuthenticated, start < message.end, octets[start] == BERTag.octetString else { throw .malformed }
    let ciphertext = message.clampedOrEmptyContent(octets)
    let pdu = PDUPlace(kind: .v3Encrypted, tag: start, content: ciphertext)
    return TrapPeek(pdu, header: header, contextName: absent)
  }

  /// RFC 3412 §6: SEQUENCE { contextEngineID, contextName, PDU }.
  private static func readScopedPDU(
    _ octets: Span<UInt8>, _ reader: inout BERReader
  ) throws(PeekRefusal) -> (PDUPlace, Range<Int>) {
    var scoped: BERReader
    let contextName: Range<Int>
    do throws(BERError) {
      scoped = try reader.clamped(BERTag.sequence, octets)
      _ = try scoped.content(BERTag.octetString, octets)
      contextName = try scoped.content(BERTag.octetString, octets)
    } catch {
      throw .malformed
    }
    return (try PDUPlace(octets, &scoped), contextName)
  }
}
