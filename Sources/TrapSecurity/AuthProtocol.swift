/// How a user's messages are authenticated (RFC 3414 §6 and §7, RFC 7860).
package enum AuthProtocol: UInt8, CaseIterable, Sendable {
  case md5
  case sha1
  case sha224
  case sha256
  case sha384
  case sha512

  /// As the configuration spells it.
  package var name: String {
    switch self {
    case .md5: "MD5"
    case .sha1: "SHA-1"
    case .sha224: "SHA-224"
    case .sha256: "SHA-256"
    case .sha384: "SHA-384"
    case .sha512: "SHA-512"
    }
  }

  package init?(name: String) {
    guard let found = AuthProtocol.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// Octets of a key, which are those of the hash.
  package var keyOctets: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha224: 28
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  /// Octets of msgAuthenticationParameters: the hash, truncated.
  package var digestOctets: Int {
    switch self {
    case .md5, .sha1: 12
    case .sha224: 16
    case .sha256: 24
    case .sha384: 32
    case .sha512: 48
    }
  }

  /// Octets that the hash reads at a time.
  var blockOctets: Int {
    switch self {
    case .md5, .sha1, .sha224, .sha256: 64
    case .sha384, .sha512: 128
    }
  }
}
