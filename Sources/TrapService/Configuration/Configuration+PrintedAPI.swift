internal import SNMPWire
internal import TrapBatching

extension Configuration {
  func print(_ api: API?, _ writer: inout MarkupWriter) {
    guard let api else { return writer.comment("no <api>: nothing is served over HTTP") }
    let attributes: [MarkupWriter.Attribute] = [
      ("address", "\(api.address)"), ("connections", "\(api.connections)"), ("registrations", "\(api.registrations)"),
    ]
    guard !api.tokens.isEmpty else { return writer.empty("api", attributes) }
    writer.element("api", attributes) { writer in
      for token in api.tokens { print(token, &writer) }
    }
  }

  private func print(_ token: Token, _ writer: inout MarkupWriter) {
    let attributes: [MarkupWriter.Attribute] = [
      ("name", token.name), ("secret", token.secret.reference), ("engines", token.engines?.joined(separator: " ")),
      ("admin", token.isAdmin ? "yes" : "no"),
    ]
    guard !token.filter.isEmpty else { return writer.empty("token", attributes) }
    writer.element("token", attributes) { writer in
      for selection in token.filter { print("filter", selection, &writer) }
    }
  }

  func print(_ name: String, _ selection: Selection, _ writer: inout MarkupWriter) {
    func list(_ values: [String]) -> String? { values.isEmpty ? nil : values.joined(separator: " ") }
    writer.empty(
      name,
      [
        ("source", list(selection.sources.map { "\($0)" })), ("trap", list(selection.traps.map { "\($0)" })),
        ("version", list(selection.versions.map(\.name))), ("listener", list(selection.listeners)),
        ("pdu", list(selection.pdus.map(\.rawValue))),
      ])
  }

  /// What `<http>` says of its connection, wherever it stands.
  func attributes(_ target: HTTPTarget) -> [MarkupWriter.Attribute] {
    [
      ("url", target.url.text), ("timeout", target.timeout.durationText),
      ("connect-timeout", target.connectTimeout.durationText), ("token", target.token?.reference),
      ("ca", target.caFile), ("certificate", target.certificateFile), ("key", target.keyFile),
    ]
  }

  func printHeaders(_ target: HTTPTarget, _ writer: inout MarkupWriter) {
    for header in target.headers {
      writer.empty(
        "header",
        [
          ("name", header.name), ("value", header.secret == nil ? header.value : nil),
          ("secret", header.secret?.reference),
        ])
    }
  }
}
