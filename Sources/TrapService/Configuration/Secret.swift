/// Octets that are compared and used, but never printed, logged or described.
package struct Secret: Hashable, Sendable {
  /// Where the secret comes from: what may be shown of it.
  package enum Origin: Hashable, Sendable {
    /// The default that everyone knows, such as the community `public`.
    case standard
    /// Written in the configuration itself.
    case inline
    /// A file, by its path as written.
    case file(String)
    /// An environment variable, by its name.
    case environment(String)
  }

  package let origin: Origin
  package let octets: [UInt8]

  package init(_ octets: [UInt8], origin: Origin) {
    self.octets = octets
    self.origin = origin
  }
}
