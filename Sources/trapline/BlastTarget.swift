internal import ArgumentParser

/// Whom the traps are sent to: a numeric address and a port.
struct BlastTarget: ExpressibleByArgument, CustomStringConvertible {
  let host: String
  let port: UInt16

  static let standard = BlastTarget(host: "127.0.0.1", port: 1162)

  private init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// `ADDRESS`, `ADDRESS:PORT`, `[ADDRESS]` or `[ADDRESS]:PORT`; the port is 1162 where none is given.
  init?(argument: String) {
    var (host, port) = (argument[...], "1162"[...])
    if argument.hasPrefix("[") {
      guard let end = argument.firstIndex(of: "]") else { return nil }
      host = argument[argument.index(after: argument.startIndex)..<end]
      let rest = argument[argument.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      if !rest.isEmpty { port = rest.dropFirst() }
    } else if let colon = argument.firstIndex(of: ":"), colon == argument.lastIndex(of: ":") {
      (host, port) = (argument[..<colon], argument[argument.index(after: colon)...])
    }
    guard !host.isEmpty, let number = UInt16(port), number > 0 else { return nil }
    self.init(host: String(host), port: number)
  }

  var defaultValueDescription: String { description }
  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
  /// Only there can one socket send from any number of addresses.
  var isIPv4Loopback: Bool { host.hasPrefix("127.") }
}
