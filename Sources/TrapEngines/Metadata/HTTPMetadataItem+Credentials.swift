internal import TrapSecurity

extension HTTPMetadataItem {
  /// A name, or an object with all that it takes. No problem that is found tells what stands in a secret's place.
  mutating func readCredentials(_ json: inout HTTPMetadataJSON) throws(HTTPMetadataProblem) {
    guard json.isAtObject else {
      credentials = try json.text(max: Self.textMax)
      return
    }
    var members = CredentialsMembers()
    try json.object { (json, name) throws(HTTPMetadataProblem) in try members.read(name, &json) }
    stated = try members.stated()
    credentials = members.name
  }
}

/// The members of `credentials`, in whichever order they stand.
private struct CredentialsMembers {
  private(set) var name: String?
  private var met = HTTPMetadataItem.Members()
  private var parts = StatedCredentials(name: "")
  private var authSecret: String?
  private var privSecret: String?

  mutating func read(_ name: String, _ json: inout HTTPMetadataJSON) throws(HTTPMetadataProblem) {
    try met.meet(name)
    switch name {
    case "name": self.name = try json.text(max: HTTPMetadataItem.textMax)
    case "user": parts.user = try Array(json.text(max: HTTPMetadataItem.textMax).utf8)
    case "engineID": parts.engineID = try json.hexadecimal(atMost: 32)
    case "auth": parts.auth = try json.word(AuthProtocol.allCases, \.name)
    case "authSecret": authSecret = try json.text(max: StatedCredentials.passphraseOctets.upperBound)
    case "priv": parts.priv = try json.word(PrivProtocol.allCases, \.name)
    case "privSecret": privSecret = try json.text(max: StatedCredentials.passphraseOctets.upperBound)
    case "form": parts.form = try json.word(SecretForm.allCases, \.rawValue)
    case "minimumLevel": parts.minimumLevel = try json.level()
    case "timeWindow": parts.checksTimeWindow = try json.word(["check", "ignore"], \.self) == "check"
    case "community": parts.community = try Array(json.text(max: HTTPMetadataItem.textMax).utf8)
    case "version": parts.isV1 = try json.word(["1", "2c"], \.self) == "1"
    default:
      throw HTTPMetadataProblem(
        "no member of credentials; there are name, user, engineID, auth, authSecret, priv, privSecret, form, "
          + "minimumLevel, timeWindow, community, version")
    }
  }

  func stated() throws(HTTPMetadataProblem) -> StatedCredentials {
    var stated = parts
    stated.name = name ?? (parts.user.map { String(decoding: $0, as: UTF8.self) } ?? "community")
    stated.authSecret = try octets(authSecret, "authSecret")
    stated.privSecret = try octets(privSecret, "privSecret")
    do throws(CredentialsMistake) { try stated.check() } catch { throw HTTPMetadataProblem(error) }
    return stated
  }

  /// A passphrase is taken as it stands, a key is in hexadecimal.
  private func octets(_ text: String?, _ member: String) throws(HTTPMetadataProblem) -> [UInt8]? {
    guard let text else { return nil }
    guard parts.form != .passphrase else { return Array(text.utf8) }
    guard let octets = HTTPMetadataJSON.octets(hexadecimal: Array(text.utf8)) else {
      throw HTTPMetadataProblem("the \(parts.form.rawValue) key is not hexadecimal").inside(member)
    }
    return octets
  }
}

extension HTTPMetadataProblem {
  init(_ mistake: CredentialsMistake) {
    let problem = HTTPMetadataProblem("\(mistake.problem); \(mistake.remedy)")
    self = problem.inside(mistake.place.member)
  }
}

extension CredentialsMistake.Place {
  fileprivate var member: String {
    switch self {
    case .user: "user"
    case .engineID: "engineID"
    case .auth: "auth"
    case .authSecret: "authSecret"
    case .priv: "priv"
    case .privSecret: "privSecret"
    case .form: "form"
    case .minimumLevel: "minimumLevel"
    case .timeWindow: "timeWindow"
    case .community: "community"
    case .version: "version"
    }
  }
}
