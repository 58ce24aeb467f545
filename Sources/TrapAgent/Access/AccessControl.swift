internal import CNetSNMP
internal import Logging
internal import TrapBatching
internal import TrapSecurity

/// The access rules of the standalone agent, as rows of Net-SNMP's VACM (RFC 3415) and of its list of users at our own
/// engine. Belongs to Net-SNMP's thread; replaced as a whole, between two requests.
@safe internal final class AccessControl {
  /// Subtrees that a view of each kind has in it.
  internal struct Served: Sendable {
    var all: [ObjectName]
    var statistics: [ObjectName]
    var writable: [ObjectName]
  }

  /// Arcs below TRAPLINE-MIB's root under which managers make rows of their own: traplineSourceLookupTable and
  /// traplineDeltaTable.
  internal static let writableArcs: [[UInt]] = [[1, 9], [1, 12]]
  private static let writableView = "writable"

  private let served: Served
  private let log: Logger
  private var users: [UnsafeMutablePointer<usmUser>] = unsafe []

  internal init(_ served: Served, log: Logger) {
    self.served = served
    self.log = log
  }

  /// From now on these rules hold, and no former one. Milliseconds for each passphrase that was not derived before.
  internal func replace(by access: AgentAccess) {
    while let user = unsafe users.popLast() { unsafe LibraryUser.remove(user) }
    tl_vacm_clear()
    for view in [AgentAccess.View.all, .statistics] {
      enter(view.rowName, view == .all ? served.all : served.statistics)
    }
    enter(Self.writableView, served.writable)
    for (index, community) in access.communities.enumerated() { enter(community, "community-\(index)") }
    for (index, user) in access.users.enumerated() { enter(user, "user-\(index)") }
  }

  private func enter(_ view: String, _ subtrees: [ObjectName]) {
    for subtree in subtrees {
      let arcs = subtree.arcs.map { oid($0) }
      note(unsafe tl_vacm_view(view, arcs, arcs.count))
    }
  }

  private func enter(_ community: AgentAccess.Community, _ group: String) {
    let secret = String(decoding: community.secret, as: UTF8.self)
    if community.sources.isEmpty {
      NetSNMPLibrary.configure("com2sec \(group) default \(secret)")
      NetSNMPLibrary.configure("com2sec6 \(group) default \(secret)")
    }
    for source in community.sources {
      // Its sockets of IPv6 take IPv6 alone, so a block is of one family, and IPv4 is not in its mapped form.
      let token = source.bitCount >= 96 && source.address.isIPv4 ? "com2sec" : "com2sec6"
      NetSNMPLibrary.configure("\(token) \(group) \(source) \(secret)")
    }
    for model in [SNMP_SEC_MODEL_SNMPv1, SNMP_SEC_MODEL_SNMPv2c] { note(unsafe tl_vacm_group(model, group, group)) }
    let any = SNMP_SEC_MODEL_ANY
    note(unsafe tl_vacm_access(group, any, SNMP_SEC_LEVEL_NOAUTH, community.view.rowName, ""))
  }

  private func enter(_ user: AgentAccess.User, _ group: String) {
    let name = String(decoding: user.user.name, as: UTF8.self)
    let local = NetSNMPLibrary.engineID
    guard user.user.engineID == nil || user.user.engineID == local else {
      log.error(
        "agent: user \(name) is for another engine ID than the agent's, and may not ask it; write engine-id=\"any\"")
      return
    }
    do throws(KeyRefusal) {
      guard let entry = unsafe try LibraryUser.enter(user.user, engineID: local) else { return note(0) }
      unsafe users.append(entry)
    } catch {
      log.error("agent: user \(name) may not ask it, as its secrets yield no key: \(LibraryUser.text(error))")
      return
    }
    note(unsafe tl_vacm_group(SNMP_SEC_MODEL_USM, name, group))
    let level =
      switch user.minimumLevel {
      case 0: SNMP_SEC_LEVEL_NOAUTH
      case 1: SNMP_SEC_LEVEL_AUTHNOPRIV
      default: SNMP_SEC_LEVEL_AUTHPRIV
      }
    let writable = user.mayWrite ? Self.writableView : ""
    note(unsafe tl_vacm_access(group, SNMP_SEC_MODEL_USM, level, user.view.rowName, writable))
  }

  /// Without a row nobody is let in.
  private func note(_ entered: CInt) {
    if entered == 0 { log.error("agent: no memory for an access rule; who is without one gets no answer") }
  }
}

extension AgentAccess.View {
  fileprivate var rowName: String {
    switch self {
    case .all: "all"
    case .statistics: "statistics"
    }
  }
}
