/// How a user's scoped PDUs are encrypted (RFC 3414 §8, RFC 3826, draft-blumenthal-aes-usm-04,
/// draft-reeder-snmpv3-usm-3desede-00).
package enum PrivProtocol: UInt8, CaseIterable, Sendable {
  case des
  case aes128
  /// Keys longer than the hash are extended as Blumenthal's draft says.
  case aes192
  case aes256
  /// Keys longer than the hash are extended as Reeder's draft says, which is what Cisco's devices do.
  case aes192Reeder
  case aes256Reeder

  /// As the configuration spells it.
  package var name: String {
    switch self {
    case .des: "DES"
    case .aes128: "AES-128"
    case .aes192: "AES-192"
    case .aes256: "AES-256"
    case .aes192Reeder: "AES-192-C"
    case .aes256Reeder: "AES-256-C"
    }
  }

  package init?(name: String) {
    guard let found = PrivProtocol.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// Octets of a localized key: of DES the key and the pre-IV.
  package var keyOctets: Int {
    switch self {
    case .des, .aes128: 16
    case .aes192, .aes192Reeder: 24
    case .aes256, .aes256Reeder: 32
    }
  }

  /// Whether keys longer than the hash are extended as Reeder's draft says, else as Blumenthal's.
  var extendsByPassphrase: Bool { self == .aes192Reeder || self == .aes256Reeder }

  /// What libcrypto calls the cipher and its mode.
  var cipherName: String {
    switch self {
    case .des: "DES-CBC"
    case .aes128: "AES-128-CFB"
    case .aes192, .aes192Reeder: "AES-192-CFB"
    case .aes256, .aes256Reeder: "AES-256-CFB"
    }
  }
}
