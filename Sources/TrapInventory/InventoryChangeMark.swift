/// Differs whenever an inventory may say something else than before: its content was written by somebody, or another
/// file stands in its place.
package struct InventoryChangeMark: Equatable, Sendable {
  /// `PRAGMA data_version`: of use for one connection only.
  internal let dataVersion: Int64
  internal let file: FileMark
}
