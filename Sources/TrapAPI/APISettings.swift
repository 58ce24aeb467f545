/// What the configuration says of the API, and the bounds of its server.
package struct APISettings: Sendable {
  package var address: APIAddress
  /// Asked for where the address is not local. An empty list there is an error.
  package var tokens: [APIToken]
  /// Further names that a `Host` header may have on a local address, without ports.
  package var hostNames: [String]
  /// Connections open at a time; more wait in the listen queue.
  package var connectionsMax = 256
  /// Seconds after which a connection is closed that neither asks anything nor waits for an answer, or stops reading one.
  package var idleSeconds: Int64 = 60

  package init(address: APIAddress, tokens: [APIToken] = [], hostNames: [String] = []) {
    self.address = address
    self.tokens = tokens
    self.hostNames = hostNames
  }
}
