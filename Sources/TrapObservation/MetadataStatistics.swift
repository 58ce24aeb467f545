/// One source of metadata, as it was read.
package struct MetadataStatistics: Sendable, Equatable {
  /// As in `TRAPLINE-MIB`; never renumbered.
  package enum Circuit: Int, Sendable, CaseIterable {
    case closed = 1
    case open = 2
    case halfOpen = 3
  }

  package let name: String
  /// `rules`, `sqlite`, `http`.
  package let kind: String
  package var circuit = Circuit.closed
  package var outstanding: UInt64 = 0
  package var asked: UInt64 = 0
  package var keysAsked: UInt64 = 0
  package var failures: UInt64 = 0
  package var lastError: String?

  package init(name: String, kind: String) {
    self.name = name
    self.kind = kind
  }
}
