extension Configuration {
  /// `<token>`: one bearer token of the API, and what it may do.
  package struct Token: Equatable, Sendable {
    /// 128 bits, where every octet has eight of them.
    package static let leastOctets = 16

    /// For logs and for `ControlCaller.token`.
    package var name: String
    /// At least `leastOctets`, and nothing that a header field could not hold.
    package var secret: Secret
    /// Names that it may register, fetch for and look at; nil: any.
    package var engines: [String]?
    /// May also see all engines, flush metadata and replay.
    package var isAdmin = false
    /// Traps that match any of these never reach what is registered with it.
    package var filter: [Selection] = []

    package init(name: String, secret: Secret) {
      self.name = name
      self.secret = secret
    }
  }
}
