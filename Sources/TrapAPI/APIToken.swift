/// A bearer token of the configuration (RFC 6750).
package struct APIToken: Sendable {
  /// Its name in the configuration; the secret itself is never shown.
  package let name: String
  package let secret: [UInt8]
  /// The engines that it may register, read and end; nil: all.
  package let engines: [String]?
  /// May also ask for the status, all engines, the metadata and why a trap went where it went, forget metadata, and replay.
  package let isAdmin: Bool

  package init(name: String, secret: [UInt8], engines: [String]? = nil, isAdmin: Bool = false) {
    self.name = name
    self.secret = secret
    self.engines = engines
    self.isAdmin = isAdmin
  }
}
