internal import TrapBatching

extension Configuration {
  func print(_ agent: Agent, _ writer: inout MarkupWriter) {
    let attributes: [MarkupWriter.Attribute] = [
      ("mode", agent.mode.rawValue), ("address", agent.address), ("community", agent.access.community?.reference),
      ("oid", agent.oid),
    ]
    writer.element("agent", attributes) { writer in
      for community in agent.access.communities {
        let sources = community.sources.map { "\($0)" }.joined(separator: " ")
        writer.empty(
          "community",
          [
            ("secret", community.secret.reference), ("source", sources.isEmpty ? nil : sources),
            ("view", community.view.rawValue),
          ])
      }
      for user in agent.access.users {
        writer.empty(
          "user",
          [
            ("name", user.name), ("access", user.right.rawValue), ("minimum-level", user.minimumLevel?.rawValue),
            ("view", user.view.rawValue),
          ])
      }
      writer.empty(
        "log",
        [
          ("entries", "\(agent.log.entries)"), ("limit", agent.log.limit.sizeText),
          ("age", agent.log.age.durationText), ("name", agent.log.name), ("encrypted", agent.log.encrypted.rawValue),
        ])
    }
  }
}
