internal import TrapBatching

extension Configuration {
  func print(_ listener: Listener, _ writer: inout MarkupWriter) {
    var communities: [Secret] = []
    if case .communities(let secrets) = listener.acceptance { communities = secrets }
    let attributes =
      [("name", listener.name), ("address", "\(listener.address)")] + transport(listener) + [
        ("metadata", listener.metadata), ("key", listener.key.rawValue),
        ("accept", listener.acceptance == .all ? "all" : nil),
      ] + policies(listener)
    writer.element("listener", attributes) { writer in
      print("allow", listener.allowed, &writer)
      print("deny", listener.denied, &writer)
      for secret in communities { writer.empty("community", [("secret", secret.reference)]) }
      print(listener.batch, &writer)
      if let limit = listener.queueLimit { writer.empty("queue", [("limit", limit.sizeText)]) }
    }
  }

  private func transport(_ listener: Listener) -> [MarkupWriter.Attribute] {
    guard listener.address.transport.isConnected else {
      return [("lanes", "\(listener.lanes)"), ("receive-buffer", listener.receiveBuffer.sizeText)]
    }
    let connections = listener.connections
    return [
      ("connections", "\(connections.most)"), ("connections-per-source", "\(connections.mostPerSource)"),
      ("idle", connections.idle.durationText),
    ]
  }

  private func policies(_ listener: Listener) -> [MarkupWriter.Attribute] {
    let verifies = listener.v3 == .verify
    return [
      ("v3", listener.v3.rawValue), ("minimum-level", verifies ? listener.minimumLevel.rawValue : nil),
      ("reports", verifies ? listener.reports.rawValue : nil), ("informs", listener.informs.rawValue),
    ]
  }

  private func print(_ name: String, _ blocks: [AddressPrefix], _ writer: inout MarkupWriter) {
    for block in blocks { writer.empty(name, [("source", "\(block)")]) }
  }

  func print(_ agents: Agents, _ writer: inout MarkupWriter) {
    guard agents != Agents() else { return }
    writer.element("agents") { writer in
      print("relay", agents.relays, &writer)
      for translation in agents.translations {
        writer.empty("nat", [("source", "\(translation.source)"), ("agent", "\(translation.agent)")])
      }
    }
  }

  func print(_ informs: Informs, _ polling: Polling, _ writer: inout MarkupWriter) {
    writer.empty(
      "informs",
      [
        ("high-water", "\(informs.highWater)%"), ("repeats", informs.repeats?.sizeText),
        ("repeat-window", informs.repeatWindow.durationText),
      ])
    writer.empty(
      "polling",
      [
        ("outstanding", "\(polling.outstanding)"), ("timeout", polling.timeout.durationText),
        ("retries", "\(polling.retries)"),
      ])
  }
}
