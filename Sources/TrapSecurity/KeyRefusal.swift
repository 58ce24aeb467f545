/// Why a user's secret yields no key.
package enum KeyRefusal: Error, Hashable, Sendable {
  /// RFC 3414 §11.2 wants eight octets at least.
  case shortPassphrase(octets: Int)
  /// A master or localized key whose size is not the protocol's.
  case keySize(octets: Int, expected: Int)
  /// A localized key belongs to one engine; this is another, or the user names none.
  case localizedElsewhere
  /// libcrypto has no such cipher: its configuration took it away.
  case cipherUnavailable(PrivProtocol)
}
