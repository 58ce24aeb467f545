internal import TrapBatching

extension ConfigurationReader {
  func readForward(_ element: MarkupElement) -> Configuration.Forward {
    let nowhere = Configuration.ListenAddress(host: .unspecified, isIPv6: true, port: 0)
    var forward = Configuration.Forward(
      address: required(element, "address", .datagramAddress, placeholder: nowhere))
    if forward.address != nowhere && (forward.address.host == .unspecified || forward.address.host.ipv4 == 0) {
      collector.error(element, "nothing can be sent to \(forward.address)", "write the address of one host")
    }
    assign(&forward.version, element, "version", .choice)
    assign(&forward.pdu, element, "pdu", .choice)
    forward.community = element.attribute("community") == nil ? nil : readReference(element, "community")
    forward.user = optional(element, "user", .name)
    forward.level = optional(element, "level", .choice)
    forward.context = element.attribute("context")
    assign(&forward.timeout, element, "timeout", .duration(10_000_000...600_000_000_000))
    assign(&forward.retries, element, "retries", .integer(0...100))
    checkMessage(element, forward)
    checkUser(element, forward)
    return forward
  }

  private func checkMessage(_ element: MarkupElement, _ forward: Configuration.Forward) {
    let version = forward.version
    if version == .v1 && forward.pdu == .inform {
      collector.error(
        element, "SNMPv1 has no informs", "write version=\"2c\", \"3\" or \"same\", or pdu=\"trap\"")
    }
    let hasCommunity = element.attribute("community") != nil
    if (version == .v1 || version == .v2c) && !hasCommunity {
      collector.error(
        element, "version=\"\(version.rawValue)\" needs a community",
        "add community=\"file:…\", or write version=\"same\"")
    }
    if version == .v3 && hasCommunity {
      collector.error(element, "community is of no use with version=\"3\"", "remove it")
    }
    for attribute in ["timeout", "retries"] where element.attribute(attribute) != nil && forward.sendsOnlyTraps {
      collector.error(element, "\(attribute) is of no use without informs", "remove it, or write pdu=\"inform\"")
    }
    if let context = forward.context, context.utf8.count > 255 {
      collector.error(element, "context has \(context.utf8.count) octets", "use up to 255")
    }
  }

  private func checkUser(_ element: MarkupElement, _ forward: Configuration.Forward) {
    let version = forward.version
    for attribute in ["user", "level", "context"] where element.attribute(attribute) != nil {
      if version == .v1 || version == .v2c {
        collector.error(element, "\(attribute) is of no use with version=\"\(version.rawValue)\"", "remove it")
      } else if attribute != "user" && element.attribute("user") == nil && version == .same {
        collector.error(element, "\(attribute) is of no use without user", "add user=\"…\", or remove \(attribute)")
      }
    }
    if version == .v3 && element.attribute("user") == nil {
      collector.error(element, "version=\"3\" needs a user", "add user=\"…\", the credentials of a <user>")
    }
    guard let name = forward.user, version == .v3 || version == .same else { return }
    checkCredentials(element, "user", name, onlyUsers: true)
    if let level = forward.level, let best = declaredLevels[name], level.flags > best.flags {
      collector.error(
        element, "level=\"\(level.rawValue)\" is more than \(name) can do, which is \(best.rawValue)",
        "lower level, or give \(name) auth and priv")
    }
  }
}

extension ConfigurationReader {
  /// Warns of `<forward>` engines that must refuse what the listeners open: sent on as SNMPv3 it needs another seal.
  func warnOfUnsealable(_ configuration: Configuration) {
    // Who needs no seal is neither encrypted nor an inform. Users of a service or an inventory nobody knows yet.
    let opens =
      configuration.listeners.contains { $0.v3 == .verify && $0.address.transport.isSecure }
      || !configuration.security.users.isEmpty && configuration.listeners.contains { $0.v3 == .verify }
    guard opens else { return }
    for engine in configuration.engines {
      guard case .forward(let forward) = engine.kind, forward.version == .same, forward.user == nil,
        let element = lines.element("engine \(engine.name)")
      else { continue }
      collector.warning(
        element,
        "SNMPv3 traps that came encrypted, and SNMPv3 informs, cannot be sent on without a user: they become dead letters",
        "add user=\"…\", or write version=\"2c\" and a community")
    }
  }
}

extension ConfigurationReader {
  /// Warns of `<forward>` engines that send to this very daemon, as far as the file shows it: which addresses this host has
  /// is nothing that it says.
  func warnOfOwnListeners(_ configuration: Configuration) {
    for engine in configuration.engines {
      guard case .forward(let forward) = engine.kind, let element = lines.element("engine \(engine.name)"),
        let own = configuration.listeners.first(where: { $0.address.hears(forward.address) })
      else { continue }
      collector.warning(
        element, "\(forward.address) is this daemon's own listener \(own.name): what is sent on comes back",
        "write the address of another receiver")
    }
  }
}

extension Configuration.ListenAddress {
  /// Whether datagrams to `target` surely come to this listener, where both are on this host.
  fileprivate func hears(_ target: Configuration.ListenAddress) -> Bool {
    guard transport == .udp, port == target.port else { return false }
    if host == target.host { return true }
    let hearsAll = host == .unspecified || host.ipv4 == 0
    return hearsAll && target.host.isLoopback && (isIPv6 || target.host.isIPv4)
  }
}

extension Configuration.Forward {
  /// No inform ever leaves, so none waits for a response.
  var sendsOnlyTraps: Bool { pdu == .trap || version == .v1 }
}
