/// From secrets to keys (RFC 3414 §2.6 and appendix A.2, RFC 7860 §9.3): with the hash of the authentication protocol,
/// also for privacy.
package enum KeyDerivation {
  /// RFC 3414 §11.2.
  package static let passphraseOctetsMin = 8
  /// How much repetition of the passphrase is hashed.
  private static let expandedOctets = 1 << 20
  /// Roughly as much as is repeated in memory, so that long runs are hashed at once.
  private static let runOctets = 4096

  /// Ku: the hash of a mebibyte of the passphrase over and over. Milliseconds.
  package static func master(_ passphrase: [UInt8], _ method: AuthProtocol) throws(KeyRefusal) -> [UInt8] {
    guard passphrase.count >= passphraseOctetsMin else { throw .shortPassphrase(octets: passphrase.count) }
    return expanded(passphrase, method)
  }

  /// Kul: the hash of Ku, the engine ID, and Ku.
  package static func localized(_ master: [UInt8], engineID: [UInt8], _ method: AuthProtocol) -> [UInt8] {
    HashState.key(of: [master, engineID, master], method)
  }

  /// A privacy key: the localized key cut to the protocol's size, or extended where it is shorter. Reeder's extension
  /// takes milliseconds, as it hashes a mebibyte again.
  package static func privacy(
    localized: [UInt8], _ privacy: PrivProtocol, engineID: [UInt8], _ method: AuthProtocol
  ) -> [UInt8] {
    var key = localized
    var last = localized
    while key.count < privacy.keyOctets {
      if privacy.extendsByPassphrase {
        // draft-reeder-snmpv3-usm-3desede-00 §2.1: the last key is the passphrase of the next.
        last = Self.localized(expanded(last, method), engineID: engineID, method)
      } else {
        // draft-blumenthal-aes-usm-04 §3.1.2.1: the hash of all so far.
        last = HashState.key(of: [key], method)
      }
      key += last
    }
    return Array(key.prefix(privacy.keyOctets))
  }

  private static func expanded(_ passphrase: [UInt8], _ method: AuthProtocol) -> [UInt8] {
    var run = passphrase
    while run.count < runOctets { run += passphrase }
    var hash = HashState(method)
    for _ in 0..<expandedOctets / run.count { hash.add(run.span) }
    hash.add(run.span.extracting(..<(expandedOctets % run.count)))
    let output = hash.finish()
    run.erase()
    return (0..<method.keyOctets).map { output[$0] }
  }
}
