internal import TrapSecurity

extension ConfigurationReader {
  mutating func readSecurity(_ element: MarkupElement?) -> Configuration.Security {
    var security = Configuration.Security()
    lines.note(element, as: "security")
    security.engines = optional(element, "engines", .integer(1...16_777_216))
    security.keys = optional(element, "keys", .size(64 << 10...1 << 40))
    security.repeats = optional(element, "repeats", .size(64 << 10...1 << 40))
    let users = element?.children("user") ?? []
    let communities = element?.children("community") ?? []
    security.users = users.map { readUser($0) }
    for (element, user) in zip(users, security.users) {
      declaredLevels[user.credentials] = ConfigurationReader.declaredLevel(element)
    }
    security.communities = communities.compactMap { readCommunity($0) }
    checkUsers(Array(zip(users, security.users)))
    checkCredentialsNames((users + communities).sorted { $0.line < $1.line })
    security.tls = element?.child("tls").map { readTLS($0) }
    return security
  }

  /// The credentials that an attribute names must be there.
  func checkCredentials(_ element: MarkupElement, _ attribute: String, _ name: String, onlyUsers: Bool = false) {
    if declaredLevels[name] != nil { return }
    let isCommunity = security.communities.contains { $0.name == name }
    if isCommunity && !onlyUsers { return }
    let found = isCommunity ? "is a community and no user" : "is nothing that <security> has"
    let known = security.users.map(\.credentials) + (onlyUsers ? [] : security.communities.map(\.name))
    // There may be thousands.
    let some = known.prefix(16).joined(separator: ", ") + (known.count > 16 ? ", …" : "")
    collector.error(
      element, "\(attribute)=\"\(name)\" \(found)", known.isEmpty ? "add a <user> to <security>" : "known: \(some)")
  }

  private func readCommunity(_ element: MarkupElement) -> Configuration.Community? {
    let name = required(element, "name", .name, placeholder: "")
    let version = optional(element, "version", ValueGrammar<Configuration.Community.Version>.choice)
    guard let secret = readReference(element, "secret") else { return nil }
    var community = Configuration.Community(name: name, secret: secret)
    community.version = version ?? .v2c
    return community
  }

  private func checkUsers(_ users: [(MarkupElement, Configuration.User)]) {
    struct Identity: Hashable {
      let name: String
      let engineID: [UInt8]?
    }
    var first: [Identity: Int] = [:]
    for (element, user) in users where !user.name.isEmpty {
      let identity = Identity(name: user.name, engineID: user.engineID)
      if let line = first[identity] {
        let engine = user.engineID.map { "engine-id \(Hexadecimal.text($0))" } ?? "any engine ID"
        collector.error(
          element, "\(user.name) with \(engine) is the user of line \(line) again",
          "give one of them another engine-id")
      }
      first[identity] = first[identity] ?? element.line
    }
  }

  private func checkCredentialsNames(_ elements: [MarkupElement]) {
    var first: [String: Int] = [:]
    for element in elements {
      guard let name = element.attribute("credentials") ?? element.attribute("name") else { continue }
      if let line = first[name] {
        collector.error(
          element, "the credentials of line \(line) are called \(name) already",
          element.name == "user" ? "write credentials=\"…\" with another name" : "give it another name")
      }
      first[name] = first[name] ?? element.line
    }
  }
}
