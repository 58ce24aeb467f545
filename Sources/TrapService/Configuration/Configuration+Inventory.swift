extension Configuration {
  /// `<sqlite>`: an inventory file.
  package struct Inventory: Equatable, Sendable {
    package var name: String
    /// Absolute.
    package var path: String

    package init(name: String, path: String) {
      self.name = name
      self.path = path
    }
  }
}
