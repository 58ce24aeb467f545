/// What the configuration says of a `file` engine.
package struct FileEngineSettings: Sendable {
  /// When a batch counts as written.
  package enum Sync: String, Sendable {
    /// Once the kernel has it: it survives the daemon, not a power cut.
    case none
    /// Once the disk has it (fdatasync).
    case batch
  }

  package var name: String
  /// A path, or `-` for standard output.
  package var path: String
  package var format = RecordFormat.json
  package var json = JSONOptions()
  package var sync = Sync.none
  /// Octets after which the file becomes `path.1`; nil: never.
  package var rotateSize: Int?
  /// How many rotated files stay: `path.1` … `path.N`, at least one.
  package var rotateKeep = 5
  /// How long a pipe may take nothing before the batch counts as undeliverable for now; nanoseconds.
  package var stallTimeout: UInt64 = 5_000_000_000

  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }

  internal var isStandardOutput: Bool { path == "-" }
  /// As log lines and reasons name it.
  internal var shownPath: String { isStandardOutput ? "standard output" : path }
}
