internal import TrapBatching

extension ConfigurationReader {
  func readManager(_ element: MarkupElement, listeners: [Configuration.Listener]) -> Configuration.Manager {
    let nowhere = Configuration.ListenAddress(host: .unspecified, isIPv6: true, port: 0)
    var manager = Configuration.Manager(
      name: required(element, "name", .name, placeholder: ""),
      address: required(element, "address", .datagramAddress, placeholder: nowhere))
    assign(&manager.version, element, "version", .choice)
    assign(&manager.pdu, element, "pdu", .choice)
    manager.community = element.attribute("community") == nil ? nil : readReference(element, "community")
    manager.user = optional(element, "user", .name)
    manager.level = optional(element, "level", .choice)
    assign(&manager.timeout, element, "timeout", .duration(10_000_000...600_000_000_000))
    assign(&manager.retries, element, "retries", .integer(0...100))
    if manager.address != nowhere { checkDestination(element, manager.address, listeners) }
    checkMessage(element, manager)
    checkUser(element, manager)
    return manager
  }

  /// A notification that came in again as a trap could raise the threshold that it tells of.
  private func checkDestination(
    _ element: MarkupElement, _ address: Configuration.ListenAddress, _ listeners: [Configuration.Listener]
  ) {
    if address.host == .unspecified || address.host.ipv4 == 0 {
      return collector.error(element, "nothing can be sent to \(address)", "write the address of one host")
    }
    let own = listeners.first { $0.address.hears(address.host, port: address.port, isLocal: surroundings.isLocal) }
    if let own {
      collector.error(
        element, "\(address) is heard by listener \(own.name): a notification to itself",
        "write another manager's address")
    }
  }

  private func checkMessage(_ element: MarkupElement, _ manager: Configuration.Manager) {
    let hasCommunity = element.attribute("community") != nil
    if manager.version == .v2c && !hasCommunity {
      collector.error(element, "version=\"2c\" needs a community", "add community=\"file:…\"")
    }
    if manager.version == .v3 && hasCommunity {
      collector.error(element, "community is of no use with version=\"3\"", "remove it")
    }
    for attribute in ["timeout", "retries"] where element.attribute(attribute) != nil && manager.pdu == .trap {
      collector.error(element, "\(attribute) is of no use without informs", "remove it, or write pdu=\"inform\"")
    }
  }

  private func checkUser(_ element: MarkupElement, _ manager: Configuration.Manager) {
    for attribute in ["user", "level"] where element.attribute(attribute) != nil && manager.version == .v2c {
      collector.error(element, "\(attribute) is of no use with version=\"2c\"", "remove it, or write version=\"3\"")
    }
    guard manager.version == .v3 else { return }
    guard let name = manager.user else {
      if element.attribute("user") == nil {
        collector.error(element, "version=\"3\" needs a user", "add user=\"…\", the credentials of a <user>")
      }
      return
    }
    checkCredentials(element, "user", name, onlyUsers: true)
    if let level = manager.level, let best = declaredLevels[name], level.flags > best.flags {
      collector.error(
        element, "level=\"\(level.rawValue)\" is more than \(name) can do, which is \(best.rawValue)",
        "lower level, or give \(name) auth and priv")
    }
  }
}

extension Configuration.ListenAddress {
  /// Whether what is sent there by UDP comes in here. `isLocal`: whether an address is one of this host's.
  func hears(_ host: SourceAddress, port: UInt16, isLocal: (SourceAddress) -> Bool) -> Bool {
    guard bound.transport == .udp, self.port == port else { return false }
    if self.host == host { return true }
    let isWildcard = isIPv6 ? self.host == .unspecified : self.host.ipv4 == 0
    return isWildcard && (isIPv6 || host.isIPv4) && isLocal(host)
  }
}
