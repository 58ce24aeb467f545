/// One user's keys at one engine, with the libcrypto contexts that hold them. One thread's own.
package final class LocalizedKeys {
  package let user: USMUser

  /// nil where the user has a localized secret for another engine.
  package init?(_ user: USMUser, engineID: [UInt8]) {
    self.user = user
  }

  /// What it pins, contexts included: an estimate, in octets.
  package static let pinnedOctets = 3072

  /// Whether the digest at `parameters` is that of the message with zeroes in its place. Compares in constant time;
  /// false also where its size is not the protocol's.
  package func verify(_ message: Span<UInt8>, parameters: Range<Int>) -> Bool { false }

  /// Decrypts in place. `salt`: msgPrivacyParameters. False where the sizes are not the protocol's.
  package func decrypt(
    _ message: inout MutableSpan<UInt8>, _ ciphertext: Range<Int>, salt: Range<Int>, boots: Int32, time: Int32
  ) -> Bool { false }

  /// Writes the digest of the message over the zeroes at `parameters`.
  package func sign(_ message: inout [UInt8], parameters: Range<Int>) {}

  /// Returns the ciphertext; `salt` is a counter that no other message under this key has had. The eight octets of
  /// msgPrivacyParameters are the second part.
  package func encrypt(
    _ plaintext: [UInt8], salt: UInt64, boots: Int32, time: Int32
  ) -> (ciphertext: [UInt8], parameters: [UInt8]) { (plaintext, []) }
}
