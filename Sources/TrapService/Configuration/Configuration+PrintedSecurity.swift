internal import TrapSecurity

extension Configuration {
  func print(_ security: Security, _ writer: inout MarkupWriter) {
    let attributes: [MarkupWriter.Attribute] = [
      ("engines", security.engines.map { "\($0)" }), ("keys", security.keys?.sizeText),
      ("repeats", security.repeats?.sizeText),
    ]
    writer.element("security", attributes) { writer in
      if security.users.isEmpty {
        writer.comment("no <user>: SNMPv3 messages are verified against nothing but what metadata knows")
      }
      for user in security.users { print(user, &writer) }
      for community in security.communities {
        writer.empty(
          "community",
          [
            ("name", community.name), ("secret", community.secret.reference), ("version", community.version.rawValue),
          ])
      }
      if let tls = security.tls { print(tls, &writer) }
    }
  }

  private func print(_ user: User, _ writer: inout MarkupWriter) {
    let isProtected = user.authentication != nil
    writer.empty(
      "user",
      [
        ("name", user.name), ("credentials", user.credentials), ("auth", user.authentication?.method.name),
        ("auth-secret", user.authentication?.secret.reference), ("priv", user.privacy?.method.name),
        ("priv-secret", user.privacy?.secret.reference), ("secret-form", isProtected ? user.secretForm.rawValue : nil),
        ("engine-id", user.engineID.map { Hexadecimal.text($0) } ?? "any"),
        ("minimum-level", user.minimumLevel?.rawValue), ("time-window", isProtected ? user.timeWindow.rawValue : nil),
      ])
  }

  private func print(_ tls: TLS, _ writer: inout MarkupWriter) {
    let attributes: [MarkupWriter.Attribute] = [
      ("certificate", tls.certificateFile), ("key", tls.keyFile), ("authorities", tls.authorities),
      ("versions", tls.versions.rawValue),
    ]
    guard !tls.peers.isEmpty else { return writer.empty("tls", attributes) }
    writer.element("tls", attributes) { writer in
      for peer in tls.peers { print(peer, &writer) }
    }
  }

  private func print(_ peer: TLS.Peer, _ writer: inout MarkupWriter) {
    var name: String?
    var field: TLS.Peer.Field?
    switch peer.identity {
    case .named(let written): name = written
    case .from(let written): field = written
    }
    writer.empty(
      "peer",
      [("fingerprint", "\(peer.fingerprint)"), ("security-name", name), ("from", field?.rawValue)])
  }
}
