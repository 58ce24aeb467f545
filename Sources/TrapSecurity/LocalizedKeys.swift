/// One user's keys at one engine, with the libcrypto contexts that hold them. One thread's own.
///
/// The privacy key is derived when it is first needed, which is after a digest was right: who invents engine IDs gets no
/// more work out of us than three hashes of an authentication key.
package final class LocalizedKeys {
  package let user: USMUser
  private let engineID: [UInt8]
  private var authenticator: MessageAuthenticator?
  private var privacy: PrivacyKey?
  private var isPrivacyDerived = false

  /// nil where the user has a localized secret for another engine, or one that yields no key (`USMUser.prepare` tells).
  package init?(_ user: USMUser, engineID: [UInt8]) {
    guard user.isLocalizable(at: engineID) else { return nil }
    self.user = user
    self.engineID = engineID
    guard let authentication = user.authentication else { return }
    do throws(KeyRefusal) {
      guard var key = try user.authenticationKey(engineID: engineID) else { return nil }
      authenticator = MessageAuthenticator(authentication.method, key: key)
      key.erase()
    } catch {
      return nil
    }
  }

  deinit { authenticator?.erase() }

  /// What it pins, libcrypto's context and the engine ID included, in octets: the most that was measured is 1,400, with
  /// AES-256.
  package static let pinnedOctets = 1536

  /// Whether the digest at `parameters` is that of the message with zeroes in its place. Compares in constant time;
  /// false also where its size is not the protocol's.
  package func verify(_ message: Span<UInt8>, parameters: Range<Int>) -> Bool {
    authenticator?.isAuthentic(message, digest: parameters) ?? false
  }

  /// Decrypts in place. `salt`: msgPrivacyParameters. False where the sizes are not the protocol's.
  package func decrypt(
    _ message: inout MutableSpan<UInt8>, _ ciphertext: Range<Int>, salt: Range<Int>, boots: Int32, time: Int32
  ) -> Bool {
    guard salt.count == PrivacyKey.saltOctets, max(salt.upperBound, ciphertext.upperBound) <= message.count else {
      return false
    }
    guard let key = privacyKey() else { return false }
    var value: UInt64 = 0
    for index in salt { value = value << 8 | UInt64(message[index]) }
    return key.decrypt(&message, ciphertext, salt: value, boots: boots, time: time)
  }

  /// Writes the digest of the message over the octets at `parameters`, of which there are the protocol's `digestOctets`.
  package func sign(_ message: inout [UInt8], parameters: Range<Int>) {
    guard let authenticator else { preconditionFailure("a message signed for a user without authentication") }
    precondition(
      parameters.count == authenticator.method.digestOctets, "a digest of \(parameters.count) octets")
    let code = authenticator.code(message.span, blank: parameters)
    for index in parameters { message[index] = code[index - parameters.lowerBound] }
  }

  /// Returns the ciphertext; `salt` is a counter that no other message under this key has had. The eight octets of
  /// msgPrivacyParameters are the second part.
  package func encrypt(
    _ plaintext: [UInt8], salt: UInt64, boots: Int32, time: Int32
  ) -> (ciphertext: [UInt8], parameters: [UInt8]) {
    guard let key = privacyKey() else { preconditionFailure("a message encrypted for a user without privacy") }
    let salt = key.salt(salt, boots: boots)
    var octets = plaintext
    octets += repeatElement(0, count: key.paddedCount(plaintext.count) - plaintext.count)
    let range = octets.indices
    var span = octets.mutableSpan
    let isDone = key.encrypt(&span, range, salt: salt, boots: boots, time: time)
    precondition(isDone, "\(key.method.name) refuses \(range.count) octets")
    return (octets, (0..<PrivacyKey.saltOctets).map { UInt8(truncatingIfNeeded: salt >> UInt64(56 - 8 * $0)) })
  }

  private func privacyKey() -> PrivacyKey? {
    guard !isPrivacyDerived else { return privacy }
    isPrivacyDerived = true
    guard let method = user.privacy?.method else { return nil }
    // A secret that yields no key refuses each message, as `prepare` said at the start that it would.
    guard var key = (try? user.privacyKey(engineID: engineID)) ?? nil else { return nil }
    privacy = PrivacyKey(method, key: key)
    key.erase()
    return privacy
  }
}
