import SNMPWire
import TrapSecurity

/// What the tests need to know of a v3 message: its parts, as offsets.
struct SealedMessage {
  let header: V3Header
  /// The ciphertext of an encrypted message.
  let pdu: Range<Int>

  init(_ octets: [UInt8]) throws {
    header = try V3Header.read(octets.span)
    pdu = try TrapPeek.read(octets.span).pdu
  }

  func isAuthentic(_ octets: [UInt8], _ keys: LocalizedKeys) -> Bool {
    keys.verify(octets.span, parameters: header.authParameters)
  }

  /// nil where the ciphertext will not be decrypted.
  func opened(_ octets: [UInt8], _ keys: LocalizedKeys) -> [UInt8]? {
    var opened = octets
    var span = opened.mutableSpan
    let isOpen = keys.decrypt(
      &span, pdu, salt: header.privParameters, boots: header.engineBoots, time: header.engineTime)
    return isOpen ? opened : nil
  }
}
