internal import TrapBatching

extension ConfigurationReader {
  private static let ofDatagrams = ["lanes", "receive-buffer"]
  private static let ofConnections = ["connections", "connections-per-source", "idle"]
  private static let ofVerification = ["minimum-level", "reports"]

  func readTransport(_ listener: inout Configuration.Listener, _ element: MarkupElement) {
    assign(&listener.lanes, element, "lanes", .integer(1...64))
    assign(&listener.receiveBuffer, element, "receive-buffer", .size(64 << 10...1 << 30))
    assign(&listener.connections.most, element, "connections", .integer(1...65_536))
    listener.connections.mostPerSource = min(listener.connections.mostPerSource, listener.connections.most)
    assign(&listener.connections.mostPerSource, element, "connections-per-source", .integer(1...65_536))
    assign(&listener.connections.idle, element, "idle", .duration(1_000_000_000...86_400_000_000_000))
    // A placeholder has no transport that anybody wrote.
    guard listener.address.port != 0 else { return }
    let transport = listener.address.transport
    let foreign = transport.isConnected ? ConfigurationReader.ofDatagrams : ConfigurationReader.ofConnections
    for attribute in foreign where element.attribute(attribute) != nil {
      let right = transport.isConnected ? "a udp: address has it" : "tcp:, tlstcp: and dtlsudp: addresses have it"
      collector.error(element, "\(attribute) is of no use with \(transport.rawValue):", "remove it; \(right)")
    }
    let connections = listener.connections
    if connections.mostPerSource > connections.most && !collector.hasUnreadableQuantity {
      collector.error(
        element, "connections-per-source \(connections.mostPerSource) is above connections \(connections.most)",
        "lower connections-per-source or raise connections")
    }
    if transport.isSecure && security.tls == nil {
      collector.error(
        element, "\(transport.rawValue): needs a certificate, and <security> has no <tls>",
        "add <security><tls certificate=\"…\" key=\"…\" authorities=\"…\"/></security>")
    }
  }

  func readPolicies(_ listener: inout Configuration.Listener, _ element: MarkupElement) {
    assign(&listener.v3, element, "v3", .choice)
    assign(&listener.minimumLevel, element, "minimum-level", .choice)
    assign(&listener.reports, element, "reports", .choice)
    assign(&listener.informs, element, "informs", .choice)
    assign(&listener.key, element, "key", .choice)
    if listener.v3 != .verify {
      for attribute in ConfigurationReader.ofVerification where element.attribute(attribute) != nil {
        collector.error(
          element, "\(attribute) is of no use with v3=\"\(listener.v3.rawValue)\"", "remove it, or write v3=\"verify\"")
      }
    }
    listener.allowed = readBlocks(element.children("allow"))
    listener.denied = readBlocks(element.children("deny"))
  }

  /// `<relay>`, `<allow>` or `<deny>`: `source` with one block or more.
  func readBlocks(_ elements: [MarkupElement]) -> [AddressPrefix] {
    elements.flatMap { required($0, "source", .prefixes, placeholder: []) }
  }

  func readAgents(_ element: MarkupElement?) -> Configuration.Agents {
    var agents = Configuration.Agents()
    agents.relays = readBlocks(element?.children("relay") ?? [])
    var first: [SourceAddress: Int] = [:]
    for child in element?.children("nat") ?? [] {
      let translation = Configuration.Agents.Translation(
        source: required(child, "source", .address, placeholder: .unspecified),
        agent: required(child, "agent", .address, placeholder: .unspecified))
      guard translation.source != .unspecified else { continue }
      if let line = first[translation.source] {
        collector.error(
          child, "\(translation.source) is the source of line \(line) again", "keep one agent for each source")
      }
      first[translation.source] = first[translation.source] ?? child.line
      agents.translations.append(translation)
    }
    return agents
  }
}
