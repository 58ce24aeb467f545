internal import CNetSNMP
internal import Glibc
internal import TrapSecurity

/// The users in Net-SNMP's one list that messages under way have need of; none is left behind. Belongs to Net-SNMP's
/// thread.
// Whoever holds it leaves it to that thread, which alone looks into it.
@safe internal final class PollUsers: @unchecked Sendable {
  /// As there is one list for polls and notifications: two keepers would take each other's users away.
  internal static let shared = PollUsers()

  internal enum Outcome: Equatable {
    case ready
    /// The list knows a user by this name at this engine, with other secrets; it goes when those requests are done.
    case busy
    case refused(String)
  }

  internal struct Name: Hashable {
    let engineID: [UInt8]
    let user: [UInt8]
  }

  @safe private struct Entry {
    let user: USMUser
    /// nil: the list had such a user of our own engine before, which stays.
    let pointer: UnsafeMutablePointer<usmUser>?
    var uses = 1
  }

  private var entries: [Name: Entry] = [:]
  /// Uses of each engine's clock.
  private var engines: [[UInt8]: Int] = [:]
  private var hasNobody = false

  /// Whom the first message to an agent is from (RFC 3414 §4): one entry, which stays.
  internal func enterNobody() {
    guard !hasNobody else { return }
    hasNobody = true
    if unsafe usm_get_user(nil, 0, "") != nil { return }
    guard let user = unsafe usm_create_user() else { return }
    unsafe user.pointee.name = strdup("")
    unsafe user.pointee.secName = strdup("")
    unsafe usm_add_user(user)
  }

  internal func acquire(_ user: USMUser, engineID: [UInt8]) -> Outcome {
    // Its clock and its users in the library are those that our own agent answers with: not for anybody to replace.
    guard engineID != NetSNMPLibrary.engineID else { return .refused("the agent has this daemon's own engine ID") }
    return enter(user, engineID: engineID)
  }

  /// For what we send as the authoritative engine: a user of our own, beside those that the agent has.
  internal func acquireLocal(_ user: USMUser) -> Outcome {
    let engineID = NetSNMPLibrary.engineID
    let name = Name(engineID: engineID, user: user.name)
    if entries[name] == nil, Self.has(user, engineID) {
      entries[name] = unsafe Entry(user: user, pointer: nil, uses: 0)
    }
    return enter(user, engineID: engineID)
  }

  private static func has(_ user: USMUser, _ engineID: [UInt8]) -> Bool {
    var octets = engineID
    let name = String(decoding: user.name, as: UTF8.self)
    return unsafe usm_get_user(&octets, octets.count, name) != nil
  }

  private func enter(_ user: USMUser, engineID: [UInt8]) -> Outcome {
    let name = Name(engineID: engineID, user: user.name)
    if let entry = entries[name] {
      guard entry.user === user else { return .busy }
      entries[name]?.uses += 1
      engines[engineID, default: 0] += 1
      return .ready
    }
    do throws(KeyRefusal) {
      guard let pointer = unsafe try Self.make(user, engineID) else { return .refused("out of memory") }
      entries[name] = unsafe Entry(user: user, pointer: pointer)
      engines[engineID, default: 0] += 1
      return .ready
    } catch {
      return .refused("the secrets yield no key for this agent: \(Self.text(error))")
    }
  }

  internal func release(_ user: USMUser, engineID: [UInt8]) {
    let name = Name(engineID: engineID, user: user.name)
    guard var entry = entries[name] else { return }
    entry.uses -= 1
    if entry.uses == 0 {
      if let pointer = unsafe entry.pointer { unsafe Self.remove(pointer) }
      entries[name] = nil
    } else {
      entries[name] = entry
    }
    engines[engineID, default: 1] -= 1
    guard engines[engineID] == 0 else { return }
    engines[engineID] = nil
    // Our own clock is the agent's, too.
    if engineID != NetSNMPLibrary.engineID { NetSNMPLibrary.forgetTime(of: engineID) }
  }

  private static func remove(_ pointer: UnsafeMutablePointer<usmUser>) {
    unsafe usm_remove_user(pointer)
    // Freeing joins what is around the user once more, where it still says so.
    unsafe pointer.pointee.next = nil
    unsafe pointer.pointee.prev = nil
    unsafe usm_free_user(pointer)
  }

  private static func make(
    _ user: USMUser, _ engineID: [UInt8]
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

  private static func text(_ refusal: KeyRefusal) -> String {
    switch refusal {
    case .shortPassphrase(let octets): "a passphrase has 8 octets at least, not \(octets)"
    case .keySize(let octets, let expected): "a key has \(octets) octets in place of \(expected)"
    case .localizedElsewhere: "a localized key is for another engine ID"
    case .cipherUnavailable(let method): "libcrypto has no \(method.name)"
    }
  }
}
