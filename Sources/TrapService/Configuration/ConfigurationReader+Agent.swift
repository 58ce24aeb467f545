internal import SNMPWire
internal import TrapAgent
internal import TrapBatching

extension ConfigurationReader {
  func readAgent(_ element: MarkupElement) -> Configuration.Agent {
    let mode = optional(element, "mode", ValueGrammar<Configuration.Agent.Mode>.choice) ?? .standalone
    let access = readAccess(element)
    let address: String
    switch mode {
    case .standalone:
      let written = optional(element, "address", .datagramAddress)
      address = written.map { "\($0)" } ?? "udp:127.0.0.1:1161"
      if let written { warnOfPublic(element, written, access) }
    case .agentx:
      address = optional(element, "address", .masterAddress) ?? "unix:/var/agentx/master"
      if element.attribute("community") != nil {
        collector.error(element, "community is of no use with mode=\"agentx\"", "remove it; the master has its own")
      }
      for child in element.children("community") + element.children("user") {
        collector.error(
          child, "<\(child.name)> is of no use with mode=\"agentx\"", "remove it; the master decides who may ask")
      }
    }
    return Configuration.Agent(
      mode: mode, address: address,
      oid: optional(element, "oid", .oid).map { "\($0)" } ?? Configuration.Agent.defaultOID,
      access: access, log: readLog(element.child("log")))
  }

  private func readAccess(_ element: MarkupElement) -> Configuration.Agent.Access {
    var access = Configuration.Agent.Access()
    let communities = element.children("community")
    let users = element.children("user")
    if element.attribute("community") != nil {
      access.community = readCommunity(element, "community")
    } else if !communities.isEmpty || !users.isEmpty {
      access.community = nil
    }
    access.communities = communities.compactMap { child in
      guard let secret = readCommunity(child, "secret") else { return nil }
      var community = Configuration.Agent.Access.Community(secret: secret)
      assign(&community.sources, child, "source", .prefixes)
      assign(&community.view, child, "view", .choice)
      return community
    }
    access.users = users.map { child in
      var user = Configuration.Agent.Access.User(name: required(child, "name", .name, placeholder: ""))
      assign(&user.right, child, "access", .choice)
      user.minimumLevel = optional(child, "minimum-level", .choice)
      assign(&user.view, child, "view", .choice)
      return user
    }
    return access
  }

  /// A community that the agent can take.
  private func readCommunity(_ element: MarkupElement, _ attribute: String) -> Secret? {
    let secret = readSecret(element, attribute, octets: 1...AgentAccess.communityOctetsMax)
    guard let secret, !AgentAccess.isUsable(community: secret.octets) else { return secret }
    collector.error(
      element, "the agent cannot take the secret of \(attribute)",
      "use printable ASCII characters without space, quote, backslash and #")
    return nil
  }

  private func warnOfPublic(
    _ element: MarkupElement, _ address: Configuration.ListenAddress, _ access: Configuration.Agent.Access
  ) {
    guard !address.host.isLoopback else { return }
    let known = Array("public".utf8)
    let isOpen =
      access.community?.octets == known
      || access.communities.contains { $0.secret.octets == known && $0.sources.isEmpty }
    guard isOpen else { return }
    collector.warning(
      element, "the agent answers the community that everyone knows, to anyone who reaches \(address)",
      "add <community secret=\"file:…\" source=\"…\"/> or a <user>, or give it a loopback address")
  }

  private func readLog(_ element: MarkupElement?) -> Configuration.Agent.Log {
    var log = Configuration.Agent.Log()
    assign(&log.entries, element, "entries", .integer(0...RecentTrapsLimits.entriesMax))
    assign(&log.limit, element, "limit", .size(64 << 10...1 << 30))
    assign(&log.age, element, "age", .duration(0...31_536_000_000_000_000))
    assign(&log.name, element, "name", .logName)
    assign(&log.encrypted, element, "encrypted", .choice)
    if let element, log.entries > 0, log.limit < log.leastLimit {
      collector.error(
        element,
        "limit \(log.limit.sizeText) is too little for \(log.entries) traps, which take \(log.leastLimit.sizeText) at least",
        "raise limit, or lower entries")
    }
    return log
  }
}

extension ConfigurationReader {
  /// Once the users of `<security>` are known.
  func checkAgentUsers(_ element: MarkupElement?, _ agent: Configuration.Agent?) {
    guard let element, let agent else { return }
    let children = element.children("user")
    checkUnique(children, kind: "user")
    var first: [String: Int] = [:]
    for (child, user) in zip(children, agent.access.users) where !user.name.isEmpty {
      checkCredentials(child, "name", user.name, onlyUsers: true)
      checkLevel(child, user)
      guard let named = security.users.first(where: { $0.credentials == user.name }) else { continue }
      if let line = first[named.name], line != child.line, named.name != user.name {
        collector.error(
          child, "messages name the user of line \(line) and this one alike, \(named.name)", "keep one of the two")
      }
      first[named.name] = first[named.name] ?? child.line
    }
  }

  private func checkLevel(_ element: MarkupElement, _ user: Configuration.Agent.Access.User) {
    guard let best = declaredLevels[user.name] else { return }
    if let least = user.minimumLevel, least.flags > best.flags {
      collector.error(
        element, "minimum-level=\"\(least.rawValue)\" is more than \(user.name) can do, which is \(best.rawValue)",
        "lower minimum-level, or give \(user.name) auth and priv")
      return
    }
    let own = security.users.first { $0.credentials == user.name }?.minimumLevel
    guard (user.minimumLevel ?? own ?? best) == .noAuthNoPriv else { return }
    if user.right == .readWrite {
      collector.error(
        element, "\(user.name) could write without being authenticated",
        "write minimum-level=\"authNoPriv\" or authPriv, or access=\"read-only\"")
    } else {
      collector.warning(
        element, "whoever knows the name of \(user.name) may read: it need not be authenticated",
        "write minimum-level=\"authNoPriv\" or authPriv")
    }
  }
}
