/// How far an import is.
package struct InventoryImportProgress: Sendable, Equatable {
  package enum Step: String, Sendable {
    case reading, writing
  }

  package let step: Step
  /// Octets of the file, or sources.
  package let done: Int
  package let of: Int
}
