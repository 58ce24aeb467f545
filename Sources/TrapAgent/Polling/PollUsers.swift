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
      guard let pointer = unsafe try LibraryUser.enter(user, engineID: engineID) else {
        return .refused("out of memory")
      }
      entries[name] = unsafe Entry(user: user, pointer: pointer)
      engines[engineID, default: 0] += 1
      return .ready
    } catch {
      return .refused("the secrets yield no key for this agent: \(LibraryUser.text(error))")
    }
  }

  internal func release(_ user: USMUser, engineID: [UInt8]) {
    let name = Name(engineID: engineID, user: user.name)
    guard var entry = entries[name] else { return }
    entry.uses -= 1
    if entry.uses == 0 {
      if let pointer = unsafe entry.pointer { unsafe LibraryUser.remove(pointer) }
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
}
