/// A user's secret, in one of the forms in which operators have it. Never printed or logged.
package enum KeyMaterial: Hashable, Sendable {
  /// At least eight octets (RFC 3414 §11.2), hashed to a master key once.
  case passphrase([UInt8])
  /// Ku, the hash of a passphrase, of the authentication protocol's `keyOctets`.
  case master([UInt8])
  /// Kul, for one engine ID alone: of the protocol's `keyOctets`.
  case localized([UInt8])
}
