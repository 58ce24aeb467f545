extension Configuration {
  /// `<http>` in `<metadata>`: a service that is asked.
  package struct MetadataService: Equatable, Sendable {
    package var name: String
    package var target: HTTPTarget
    /// Octets of an answer; a longer one is a failure.
    package var responseMax = 4 << 20

    package init(name: String, target: HTTPTarget) {
      self.name = name
      self.target = target
    }
  }
}
