/// One source of traps as `GET /v1/sources` shows it.
package struct SourceView: Codable, Sendable, Equatable {
  /// Issued in the order in which sources were first seen, from 1; never used again in a run.
  package var index: UInt32
  package var address: String
  /// RFC 3339, UTC.
  package var firstSeen: String
  package var lastSeen: String
  /// Traps of it that reached classification, and those that were refused.
  package var arrived: UInt64 = 0
  package var refused: UInt64 = 0
  /// Dotted numbers; nil where none could be read yet.
  package var lastTrap: String?
  /// Traps a second of late.
  package var rate: UInt64 = 0

  package init(index: UInt32, address: String, firstSeen: String, lastSeen: String) {
    self.index = index
    self.address = address
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }
}
