/// The header of a v3 message and its USM parameters (RFC 3412 §6, RFC 3414 §2.4): numbers, and offsets into the
/// datagram. Sizes that only USM judges (engine ID, user name, digest, salt) are left to it.
package struct V3Header: Sendable {
  package let messageID: Int32
  package let maximumSize: Int32
  /// msgFlags: 1 authenticated, 2 encrypted, 4 reportable.
  package let flags: UInt8
  /// `userSecurityModel` or, where it was asked for, `transportSecurityModel`.
  package let securityModel: UInt8
  package let engineID: Range<Int>
  package let engineBoots: Int32
  package let engineTime: Int32
  package let userName: Range<Int>
  package let authParameters: Range<Int>
  package let privParameters: Range<Int>
  /// What follows the security parameters: the scoped PDU or its encryption, to the end of the message.
  package let scopedData: Range<Int>

  package var isAuthenticated: Bool { flags & 1 != 0 }
  package var isEncrypted: Bool { flags & 2 != 0 }
  package var isReportable: Bool { flags & 4 != 0 }

  /// Reads the header of a whole message; also of requests, which the discovery of an inform sender is.
  ///
  /// - Parameter acceptsTransportSecurity: whether it may be of the Transport Security Model, in the form that has USM's
  ///   parameters: only what came over TLS or DTLS may say so.
  package static func read(
    _ octets: Span<UInt8>, acceptsTransportSecurity: Bool = false
  ) throws(PeekRefusal) -> V3Header {
    var (message, version) = try TrapPeek.readVersion(octets)
    guard version == .v3 else { throw .unsupportedVersion }
    return try V3Header(octets, &message, acceptsTransportSecurity: acceptsTransportSecurity)
  }

  /// Reads from behind the version.
  init(
    _ octets: Span<UInt8>, _ message: inout BERReader, acceptsTransportSecurity: Bool
  ) throws(PeekRefusal) {
    let model: Int32
    do throws(BERError) {
      var global = BERReader(try message.content(BERTag.sequence, octets))
      self.messageID = try global.integer32(octets)
      self.maximumSize = try global.integer32(octets)
      let flags = try global.content(BERTag.octetString, octets)
      guard flags.count == 1 else { throw .valueSize(flags.count, at: flags.lowerBound) }
      self.flags = octets[flags.lowerBound]
      model = try global.integer32(octets)
    } catch {
      throw .malformed
    }
    switch model {
    case Int32(Self.userSecurityModel): securityModel = Self.userSecurityModel
    case Int32(Self.transportSecurityModel) where acceptsTransportSecurity: securityModel = Self.transportSecurityModel
    default: throw .unsupportedVersion
    }
    do throws(BERError) {
      var wrapped = BERReader(try message.content(BERTag.octetString, octets))
      var security = BERReader(try wrapped.content(BERTag.sequence, octets))
      self.engineID = try security.content(BERTag.octetString, octets)
      self.engineBoots = try security.integer32(octets)
      self.engineTime = try security.integer32(octets)
      self.userName = try security.content(BERTag.octetString, octets)
      self.authParameters = try security.content(BERTag.octetString, octets)
      self.privParameters = try security.content(BERTag.octetString, octets)
    } catch {
      throw .malformed
    }
    self.scopedData = message.offset..<message.end
  }

  /// USM, the one security model that UDP has (RFC 3411 §5).
  package static let userSecurityModel: UInt8 = 3
  /// TSM (RFC 5591): the transport has verified the message and hidden it from others; its flags claim no more.
  package static let transportSecurityModel: UInt8 = 4

  /// Whether `scopedData` is an OCTET STRING of ciphertext: TSM never encrypts, whatever level it claims.
  package var hasEncryptedData: Bool { isEncrypted && securityModel == Self.userSecurityModel }
}
