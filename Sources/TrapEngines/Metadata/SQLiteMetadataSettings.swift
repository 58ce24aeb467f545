/// Which inventory, and how often it is looked at. Times in nanoseconds.
package struct SQLiteMetadataSettings: Sendable {
  /// As the configuration calls the source.
  package var name: String
  package var path: String
  /// How long a request waits for another process's lock.
  package var patience: UInt64 = 1_000_000_000
  /// Between two looks at whether the file has changed; as long, a file that failed is left alone.
  package var checkInterval: UInt64 = 1_000_000_000
  /// How long it holds that a source lies in no block.
  package var unknownTimeToLive: UInt64 = 5_000_000_000

  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }
}
