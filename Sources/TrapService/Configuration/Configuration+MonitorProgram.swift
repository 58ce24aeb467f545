extension Configuration {
  /// `<program>` inside `<monitor>`: run once for each event.
  package struct MonitorProgram: Equatable, Sendable {
    package var name: String
    /// Program and arguments; never empty, and no shell reads it.
    package var command: [String]
    /// What takes longer is killed.
    package var timeout: UInt64 = 30_000_000_000

    package init(name: String, command: [String]) {
      self.name = name
      self.command = command
    }
  }
}
