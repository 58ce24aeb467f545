/// Differs whenever an inventory may say something else than before: its content was written by somebody, or another
/// file stands in its place.
package struct InventoryChangeMark: Equatable, Sendable {
  /// `PRAGMA data_version`: of use for one connection only.
  internal let dataVersion: Int64
  internal let file: FileMark
  /// The write-ahead log beside it, where there is one with anything in it.
  internal let log: FileMark?

  /// True where only the connection is another one, as far as the files tell.
  package func hasSameFiles(as other: InventoryChangeMark) -> Bool { file == other.file && log == other.log }
}
