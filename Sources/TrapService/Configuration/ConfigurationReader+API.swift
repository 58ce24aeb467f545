extension ConfigurationReader {
  mutating func readAPI(_ element: MarkupElement) -> Configuration.API {
    var api = Configuration.API()
    assign(&api.address, element, "address", .apiAddress)
    assign(&api.connections, element, "connections", .integer(1...65_536))
    assign(&api.registrations, element, "registrations", .integer(0...4096))
    lines.note(element, as: "api")
    let tokens = element.children("token")
    checkUnique(tokens, kind: "name")
    let read = tokens.compactMap { element in readToken(element).map { (element, $0) } }
    checkSecrets(read)
    api.tokens = read.map(\.1)
    if !api.address.isLocal && tokens.isEmpty {
      collector.error(
        element, "address=\"\(api.address)\" is open to other machines, and no <token> guards it",
        "add <token name=\"…\" secret=\"file:…\"/>, or write a loopback address or unix:PATH")
    }
    return api
  }

  private func readToken(_ element: MarkupElement) -> Configuration.Token? {
    let name = required(element, "name", .name, placeholder: "")
    let filter = element.children("filter").map { readSelection($0) }
    let engines = optional(element, "engines", .names(remedy: "name at least one, or leave engines out to allow all"))
    let admin = optional(element, "admin", ValueGrammar<Consent>.choice)
    let octets = Configuration.Token.leastOctets...ConfigurationReader.bearerOctets
    guard let secret = readBearer(element, "secret", octets: octets) else { return nil }
    var token = Configuration.Token(name: name, secret: secret)
    token.engines = engines
    token.isAdmin = admin == .yes
    token.filter = filter
    return token
  }

  /// Whoever shows a secret must be one caller, not two.
  private func checkSecrets(_ tokens: [(MarkupElement, Configuration.Token)]) {
    var first: [[UInt8]: String] = [:]
    for (element, token) in tokens {
      if let other = first[token.secret.octets] {
        collector.error(element, "\(token.name) has the secret of \(other)", "give each token its own")
      }
      first[token.secret.octets] = token.name
    }
  }
}

/// `admin` of a token.
private enum Consent: String, CaseIterable {
  case yes
  case no
}
