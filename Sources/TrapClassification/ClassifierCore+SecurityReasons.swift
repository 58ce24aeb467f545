internal import SNMPWire
internal import TrapBatching
internal import TrapSecurity

// What an explanation says of how a key's messages are verified, and of which device they speak.
extension ClassifierCore {
  /// What is to be said of a key's messages, and whether all of them are refused, whatever is in them.
  func verification(of key: MetadataKey, _ resolution: Resolution?) -> (reasons: [String], isRefused: Bool) {
    guard let identity = key.v3, Int(key.listener) < policies.listeners.count else { return ([], false) }
    let profile = policies.listeners[Int(key.listener)]
    switch profile.v3 {
    case .deliverRaw: return (["the listener delivers SNMPv3 messages unverified"], false)
    case .refuse: return (["the listener refuses SNMPv3 messages"], true)
    case .verify: break
    }
    var program: RoutingProgram?
    if case .program(let known) = resolution { program = known }
    guard let user = ClassifierCore.user(of: identity, program, policies.credentials) else {
      return unknownUser(profile, resolution)
    }
    let level = max(profile.minimumLevel, program?.minimumLevel ?? 0, user.minimumLevel)
    let (origin, least) = (origin(of: user, program), ClassifierCore.name(ofLevel: level))
    let reason = "the user is known \(origin); at least \(least) is asked"
    guard user.level < level else { return ([reason], false) }
    let best = "the user can do \(ClassifierCore.name(ofLevel: user.level)) at best: messages are refused"
    return ([reason, best], !profile.isStream)
  }

  private func unknownUser(
    _ profile: ListenerProfile, _ resolution: Resolution?
  ) -> (reasons: [String], isRefused: Bool) {
    guard resolution != nil else {
      return (["the configuration does not know this user; what metadata answers may"], false)
    }
    // A key does not say whether a certificate stands for its user.
    guard !profile.isStream else {
      let reason = "messages whose certificate stands for this user are believed, others are refused as unknown-user"
      return ([reason], false)
    }
    return (["nobody knows this user: messages are refused as unknown-user"], true)
  }

  private func origin(of user: USMUser, _ program: RoutingProgram?) -> String {
    if program?.given?.user === user { return "by credentials of the metadata's own" }
    guard let name = program?.credentials, policies.credentials.named(name)?.user === user else {
      return "to the configuration"
    }
    return "by the credentials \(name), which metadata names"
  }

  func agentReasons(_ key: MetadataKey, _ resolution: Resolution?) -> [String] {
    var reasons: [String] = []
    if policies.agents.isRelay(key.source) {
      reasons.append("the source is a relay: snmpTrapAddress.0 says which device a trap is of")
    }
    if case .program(let program) = resolution, let agent = program.agent, key.v3 != nil {
      reasons.append("verified messages of this engine ID are of \(agent)")
    } else if let agent = policies.agents.translations[key.source] {
      reasons.append("traps of this source are of \(agent)")
    }
    return reasons
  }

  /// As RFC 3411 §5 names msgFlags & 3 (SnmpSecurityLevel).
  private static func name(ofLevel level: UInt8) -> String {
    level == 0 ? "noAuthNoPriv" : level == 1 ? "authNoPriv" : "authPriv"
  }
}
