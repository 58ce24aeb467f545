extension Configuration {
  /// `<file>`: an engine that appends to a file or to standard output.
  package struct File: Equatable, Sendable {
    package enum Format: String, CaseIterable, Sendable {
      /// One JSON object a line.
      case json
      /// The datagrams as received, framed.
      case raw
    }

    package enum Sync: String, CaseIterable, Sendable {
      case none
      /// `fdatasync` before a batch is acknowledged.
      case batch
    }

    package enum Counter64: String, CaseIterable, Sendable {
      case number
      case string
    }

    /// `-` is standard output.
    package var path: String
    package var format = Format.json
    /// The file is moved aside at this many octets; nil: never.
    package var rotateSize: Int?
    /// Files kept beside the current one, where `rotateSize` is set.
    package var rotateKeep = 8
    package var sync = Sync.none
    package var counter64 = Counter64.number
    /// Whether JSON shows the community.
    package var includesCommunity = false

    package init(path: String) { self.path = path }
  }
}
