/// The digest of a certificate's DER (RFC 6353, SnmpTLSFingerprint), written `sha256:` and hex digits, with colons or
/// without.
package struct TLSFingerprint: Sendable, Hashable, CustomStringConvertible {
  package enum Algorithm: String, Sendable, CaseIterable {
    case sha1, sha224, sha256, sha384, sha512

    internal var octets: Int {
      switch self {
      case .sha1: 20
      case .sha224: 28
      case .sha256: 32
      case .sha384: 48
      case .sha512: 64
      }
    }
  }

  package let algorithm: Algorithm
  package let octets: [UInt8]

  package init(algorithm: Algorithm, octets: [UInt8]) {
    self.algorithm = algorithm
    self.octets = octets
  }

  /// nil where the algorithm is unknown or the digits are not those of its size.
  package init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":"),
      let algorithm = Algorithm(rawValue: text[..<colon].lowercased().filter { $0 != "-" })
    else { return nil }
    let characters = text[text.index(after: colon)...].filter { $0 != ":" }
    let digits = characters.compactMap { $0.isASCII ? $0.hexDigitValue : nil }
    guard digits.count == characters.count, digits.count == 2 * algorithm.octets else { return nil }
    self.algorithm = algorithm
    octets = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  package var description: String {
    algorithm.rawValue + ":" + octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
