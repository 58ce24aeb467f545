internal import TrapBatching

extension ConfigurationReader {
  mutating func readListeners(
    _ element: MarkupElement?, metadata: Configuration.Metadata
  ) -> [Configuration.Listener] {
    let elements = element?.children("listener") ?? []
    if let element, elements.isEmpty { collector.error(element, "it holds no <listener>", "add one") }
    checkUnique(elements, kind: "name")
    let sources = metadata.sources.map(\.name)
    let listeners = elements.map { readListener($0, sources: sources) }
    checkAddresses(zip(elements, listeners).filter { $0.0.attribute("address") != nil })
    return listeners
  }

  private mutating func readListener(_ element: MarkupElement, sources: [String]) -> Configuration.Listener {
    let nowhere = Configuration.ListenAddress(host: .unspecified, isIPv6: true, port: 0)
    var listener = Configuration.Listener(
      name: required(element, "name", .name, placeholder: ""),
      address: required(element, "address", .listenAddress, placeholder: nowhere),
      metadata: required(element, "metadata", .name, placeholder: ""), acceptance: readAcceptance(element))
    readTransport(&listener, element)
    readPolicies(&listener, element)
    readBatch(&listener.batch, element.child("batch"))
    listener.queueLimit = optional(element.child("queue"), "limit", .size(64 << 10...1 << 40))
    lines.note(element, as: "listener \(listener.name)")
    lines.note(element.child("queue"), as: "listener \(listener.name) queue")
    if !listener.metadata.isEmpty && !sources.contains(listener.metadata) {
      let known = sources.isEmpty ? "there is none; add <rules>" : "known: " + sources.joined(separator: ", ")
      collector.error(element, "metadata=\"\(listener.metadata)\" is no metadata source", known)
    }
    return listener
  }

  private func readAcceptance(_ element: MarkupElement) -> Configuration.Listener.Acceptance {
    let communities = element.children("community")
    let accept = element.attribute("accept")
    if let accept, accept != "all" {
      collector.error(element, "accept=\"\(accept)\" is not known", "write accept=\"all\", or <community> elements")
    } else if accept == nil && communities.isEmpty {
      collector.error(
        element, "it accepts nothing", "write accept=\"all\", or a <community secret=\"file:…\"/> for each community")
    } else if accept != nil && !communities.isEmpty {
      collector.error(element, "accept=\"all\" leaves its <community> elements no meaning", "keep one of the two")
    }
    let secrets = communities.compactMap { readSecret($0, "secret") }
    return communities.isEmpty ? .all : .communities(secrets)
  }

  func readBatch(_ batch: inout Configuration.Batch, _ element: MarkupElement?) {
    assign(&batch.traps, element, "size", .integer(SettingRange.batchTraps))
    assign(&batch.octets, element, "max-bytes", .size(SettingRange.batchOctets))
    assign(&batch.maxWait, element, "max-wait", .duration(SettingRange.batchWait))
  }

  private func checkAddresses(_ listeners: [(MarkupElement, Configuration.Listener)]) {
    var first: [Configuration.ListenAddress: Int] = [:]
    for (element, listener) in listeners where listener.address.port != 0 {
      if let line = first[listener.address.bound] {
        collector.error(
          element, "\(listener.address) is the address of line \(line) again", "give each listener its own address")
      }
      first[listener.address.bound] = first[listener.address.bound] ?? element.line
    }
  }
}
