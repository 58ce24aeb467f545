internal import TrapSecurity

extension ConfigurationReader {
  /// As RFC 3414 §11.2 has it, and no longer than a line of text.
  private static let passphraseOctets = 8...1024

  func readUser(_ element: MarkupElement) -> Configuration.User {
    let name = required(element, "name", .userName, placeholder: "")
    var user = Configuration.User(name: name, credentials: name)
    if element.attribute("credentials") != nil {
      user.credentials = optional(element, "credentials", .name) ?? name
    } else if !name.isEmpty && !ValueGrammar<String>.isName(name) {
      collector.error(
        element, "name=\"\(name)\" cannot also be the name of the credentials", "write credentials=\"…\" as well")
    }
    assign(&user.secretForm, element, "secret-form", .choice)
    user.engineID = optional(element, "engine-id", .engineID) ?? nil
    assign(&user.timeWindow, element, "time-window", .choice)
    let method = optional(element, "auth", .authProtocol)
    let cipher = optional(element, "priv", .privProtocol)
    if let method, let secret = readKey(element, "auth-secret", user.secretForm, octets: method.keyOctets) {
      user.authentication = .init(method: method, secret: secret)
    }
    if let cipher {
      // A master key is the hash of a passphrase, whatever it is then used for.
      let octets = user.secretForm == .master ? method?.keyOctets : cipher.keyOctets
      if let secret = readKey(element, "priv-secret", user.secretForm, octets: octets), method != nil {
        user.privacy = .init(method: cipher, secret: secret)
      }
    }
    checkProtection(element, user)
    user.minimumLevel = optional(element, "minimum-level", .choice)
    checkLevel(element, user)
    return user
  }

  private func checkProtection(_ element: MarkupElement, _ user: Configuration.User) {
    func has(_ attribute: String) -> Bool { element.attribute(attribute) != nil }
    if has("priv") && !has("auth") {
      collector.error(
        element, "priv without auth is no security level", "add auth and auth-secret, or remove priv and priv-secret")
    }
    for (secret, method) in [("auth-secret", "auth"), ("priv-secret", "priv")] where has(secret) && !has(method) {
      collector.error(element, "\(secret) is of no use without \(method)", "add \(method), or remove \(secret)")
    }
    for attribute in ["secret-form", "time-window"] where has(attribute) && !has("auth") {
      collector.error(element, "\(attribute) is of no use without auth", "add auth, or remove \(attribute)")
    }
    if user.secretForm == .localized && has("auth") && user.engineID == nil {
      collector.error(
        element, "localized secrets are those of one engine, and engine-id names none",
        "write engine-id=\"…\" in hexadecimal, or another secret-form")
    }
  }

  /// The best that a `<user>` can do, whether its secrets could be read or not.
  static func declaredLevel(_ element: MarkupElement) -> Configuration.SecurityLevel {
    guard element.attribute("auth") != nil else { return .noAuthNoPriv }
    return element.attribute("priv") != nil ? .authPriv : .authNoPriv
  }

  /// What nobody can send would be refused for ever.
  private func checkLevel(_ element: MarkupElement, _ user: Configuration.User) {
    guard let least = user.minimumLevel else { return }
    let best = ConfigurationReader.declaredLevel(element)
    if least.flags > best.flags {
      collector.error(
        element, "minimum-level=\"\(least.rawValue)\" is more than this user can do, which is \(best.rawValue)",
        "lower minimum-level, or add auth and priv")
    }
  }

  /// A passphrase, or the hexadecimal digits of a key. Checked for its length, and kept as written.
  private func readKey(
    _ element: MarkupElement, _ attribute: String, _ form: Configuration.User.SecretForm, octets: Int?
  ) -> Secret? {
    if form == .passphrase {
      return readReference(element, attribute, octets: ConfigurationReader.passphraseOctets)
    }
    guard let secret = readReference(element, attribute, octets: 1...1024) else { return nil }
    guard let key = Hexadecimal.octets(secret.octets) else {
      collector.error(
        element, "the secret of \(attribute) is not hexadecimal",
        "write pairs of hexadecimal digits, or another secret-form")
      return nil
    }
    guard octets == nil || key.count == octets else {
      collector.error(
        element, "the \(form.rawValue) key of \(attribute) has \(key.count) octets", "use \(octets ?? 0)")
      return nil
    }
    return secret
  }

  /// A secret that never stands in the file itself.
  func readReference(_ element: MarkupElement, _ attribute: String, octets: ClosedRange<Int> = 1...255) -> Secret? {
    if let text = element.attribute(attribute), !text.hasPrefix("file:"), !text.hasPrefix("env:") {
      collector.error(
        element, "\(attribute) is no reference to a secret", "write \(attribute)=\"file:PATH\" or env:NAME")
      return nil
    }
    return readSecret(element, attribute, octets: octets)
  }
}
