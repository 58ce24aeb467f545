/// Where the datagrams of all sources are counted: at rest `arrived` is the ledger's, less what the kernel dropped.
package struct SourceAccount: Sendable, Equatable {
  /// What the rows count.
  package var arrived: UInt64 = 0
  package var refused: UInt64 = 0
  /// What rows counted that made room.
  package var forgottenArrived: UInt64 = 0
  package var forgottenRefused: UInt64 = 0
  /// What came of sources for which there was no room anywhere.
  package var unattributedArrived: UInt64 = 0
  package var unattributedRefused: UInt64 = 0

  package init() {}

  package var totalArrived: UInt64 { arrived &+ forgottenArrived &+ unattributedArrived }
  package var totalRefused: UInt64 { refused &+ forgottenRefused &+ unattributedRefused }
}
