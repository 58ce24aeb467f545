internal import HTTPTypes
internal import Hummingbird
internal import TrapControl

/// Who may ask. On a local address everybody who is not a web page; elsewhere, and for polls, whoever has a token.
internal struct AccessControl: Sendable {
  private let address: APIAddress
  private let tokens: [APIToken]
  private let hosts: Set<String>

  init(_ settings: APISettings) {
    address = settings.address
    tokens = settings.tokens
    var hosts: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
    if case .tcp(let host, _) = settings.address { hosts.insert(host.contains(":") ? "[\(host)]" : host) }
    for name in settings.hostNames { hosts.insert(name.lowercased()) }
    self.hosts = hosts
  }

  /// A web page that a browser of this machine shows must not reach the daemon: neither by a request of its own (these
  /// have an `Origin`, RFC 6454 §7), nor by a name of its own that suddenly means this machine (DNS rebinding).
  func refuseWebPages(_ head: HTTPRequest) throws(APIProblem) {
    guard !head.headerFields.contains(.origin) else {
      throw APIProblem(403, "requests of web pages are not answered; leave out the Origin header")
    }
    guard address.isLocal else { return }
    guard let authority = head.authority, !authority.isEmpty else {
      guard case .unix = address else {
        throw APIProblem(400, "the Host header is missing (RFC 9112 section 3.2); send it")
      }
      return
    }
    guard !head.headerFields.contains(Self.hostName), hosts.contains(Self.host(authority)) else {
      throw APIProblem(403, "the Host header names another machine; ask localhost or \(address)")
    }
  }

  /// The first `Host` is the authority; any further one stays among the fields.
  private static let hostName = HTTPField.Name("Host")!

  /// In lower case, without the port.
  private static func host(_ authority: String) -> String {
    let text = authority.lowercased()
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      let rest = text[text.index(after: end)...]
      return rest.isEmpty || isPort(rest) ? String(text[...end]) : text
    }
    guard let colon = text.firstIndex(of: ":"), isPort(text[colon...]) else { return text }
    return String(text[..<colon])
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.first == ":" && text.dropFirst().utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// `needsToken`: also on a local address.
  func caller(_ head: HTTPRequest, needsToken: Bool = false) throws(APIProblem) -> ControlCaller {
    guard needsToken || !address.isLocal else { return .local }
    let challenge = [(name: HTTPField.Name.wwwAuthenticate, value: "Bearer realm=\"trapline\"")]
    guard let field = head.headerFields[.authorization], field.lowercased().hasPrefix("bearer ") else {
      let place = needsToken ? "/v1/poll always" : "this address"
      let remedy =
        tokens.isEmpty
        ? "; the configuration has none yet: add <token name=\"NAME\" secret=\"file:PATH\"/> inside of <api>" : ""
      throw APIProblem(
        401, "\(place) asks for a token; send Authorization: Bearer TOKEN\(remedy)", headers: challenge)
    }
    let presented = Array(field.utf8.dropFirst(7))
    // All are compared, so that the time tells neither which nor whether.
    var found: APIToken?
    for token in tokens where Self.isEqual(presented, token.secret) { found = token }
    guard let found else {
      throw APIProblem(401, "the token is not one of the configuration's; check it", headers: challenge)
    }
    return .token(found.name)
  }

  /// Takes the same time wherever the two differ.
  private static func isEqual(_ presented: [UInt8], _ secret: [UInt8]) -> Bool {
    var difference = UInt(bitPattern: presented.count ^ secret.count)
    for index in presented.indices {
      let octet = secret.isEmpty ? 0 : secret[index % secret.count]
      difference |= UInt(presented[index] ^ octet)
    }
    return difference == 0 && !secret.isEmpty
  }

  func check(_ caller: ControlCaller, _ route: APIRoute) throws(APIProblem) {
    guard case .token(let name) = caller, let token = tokens.first(where: { $0.name == name }) else { return }
    if route.isForAdmins, !token.isAdmin {
      throw APIProblem(403, "the token \(name) is for engines only; use one that the configuration makes an admin's")
    }
    if let engine = route.engine, let engines = token.engines, !engines.contains(engine) {
      throw APIProblem(403, "the token \(name) is not for the engine \(engine); use another name or another token")
    }
  }

  /// Whether the caller gets to see the engine in a list.
  func mayList(_ engine: String, _ caller: ControlCaller) -> Bool {
    guard case .token(let name) = caller, let token = tokens.first(where: { $0.name == name }) else { return true }
    return token.isAdmin || token.engines?.contains(engine) ?? true
  }
}
