internal import CNetSNMP
internal import Glibc
internal import TrapSecurity

/// One user in Net-SNMP's one list of them (usmUserTable, RFC 3414 §5). Belongs to Net-SNMP's thread. Secrets go there as
/// localized keys, by pointer, and never through a line of text.
internal enum LibraryUser {
  /// Adds the user with its keys for this engine. Milliseconds where a passphrase was not derived before; nil without
  /// memory. What is returned is for `remove`.
  internal static func enter(
    _ user: USMUser, engineID: [UInt8]
  ) throws(KeyRefusal) -> UnsafeMutablePointer<usmUser>? {
    var authKey = try user.authenticationKey(engineID: engineID) ?? []
    defer { authKey.erase() }
    var privKey = try user.privacyKey(engineID: engineID) ?? []
    defer { privKey.erase() }
    guard let made = unsafe usm_create_user() else { return nil }
    unsafe made.pointee.name = duplicate(user.name + [0])?.assumingMemoryBound(to: CChar.self)
    unsafe made.pointee.secName = duplicate(user.name + [0])?.assumingMemoryBound(to: CChar.self)
    unsafe made.pointee.engineID = duplicate(engineID)?.assumingMemoryBound(to: UInt8.self)
    unsafe made.pointee.engineIDLen = engineID.count
    if let method = user.authentication?.method {
      let name = authentication(method)
      unsafe free(made.pointee.authProtocol)
      unsafe made.pointee.authProtocol = snmp_duplicate_objid(name, name.count)
      unsafe made.pointee.authProtocolLen = name.count
      unsafe made.pointee.authKey = duplicate(authKey)?.assumingMemoryBound(to: UInt8.self)
      unsafe made.pointee.authKeyLen = authKey.count
    }
    if let method = user.privacy?.method {
      let name = privacy(method)
      unsafe free(made.pointee.privProtocol)
      unsafe made.pointee.privProtocol = snmp_duplicate_objid(name, name.count)
      unsafe made.pointee.privProtocolLen = name.count
      unsafe made.pointee.privKey = duplicate(privKey)?.assumingMemoryBound(to: UInt8.self)
      unsafe made.pointee.privKeyLen = privKey.count
    }
    // It returns the head of the list.
    unsafe usm_add_user(made)
    return unsafe made
  }

  /// For the library to free.
  private static func duplicate(_ octets: [UInt8]) -> UnsafeMutableRawPointer? {
    guard let copy = unsafe malloc(max(octets.count, 1)) else { return nil }
    unsafe copy.copyMemory(from: octets, byteCount: octets.count)
    return unsafe copy
  }

  /// RFC 3414 §10, RFC 7860 §6.
  private static func authentication(_ method: AuthProtocol) -> [oid] {
    let arc: oid =
      switch method {
      case .md5: 2
      case .sha1: 3
      case .sha224: 4
      case .sha256: 5
      case .sha384: 6
      case .sha512: 7
      }
    return [1, 3, 6, 1, 6, 3, 10, 1, 1, arc]
  }

  /// RFC 3414 §10, RFC 3826 §4, and the names that the library has for the two extensions of AES keys.
  private static func privacy(_ method: PrivProtocol) -> [oid] {
    switch method {
    case .des: [1, 3, 6, 1, 6, 3, 10, 1, 2, 2]
    case .aes128: [1, 3, 6, 1, 6, 3, 10, 1, 2, 4]
    case .aes192: [1, 3, 6, 1, 4, 1, 14832, 1, 3]
    case .aes256: [1, 3, 6, 1, 4, 1, 14832, 1, 4]
    case .aes192Reeder: [1, 3, 6, 1, 4, 1, 9, 12, 6, 1, 1]
    case .aes256Reeder: [1, 3, 6, 1, 4, 1, 9, 12, 6, 1, 2]
    }
  }

  internal static func remove(_ entry: UnsafeMutablePointer<usmUser>) {
    unsafe usm_remove_user(entry)
    // Freeing joins what is around the user once more, where it still says so.
    unsafe entry.pointee.next = nil
    unsafe entry.pointee.prev = nil
    unsafe usm_free_user(entry)
  }

  /// What is wrong with secrets that yield no key.
  internal static func text(_ refusal: KeyRefusal) -> String {
    switch refusal {
    case .shortPassphrase(let octets): "a passphrase has 8 octets at least, not \(octets)"
    case .keySize(let octets, let expected): "a key has \(octets) octets in place of \(expected)"
    case .localizedElsewhere: "a localized key is for another engine ID than the agent's"
    case .cipherUnavailable(let method): "libcrypto has no \(method.name)"
    }
  }
}
