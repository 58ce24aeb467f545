/// How far an import or a check is.
package struct InventoryProgress: Sendable, Equatable {
  package enum Step: String, Sendable {
    case reading, writing, checking
  }

  package let step: Step
  /// Octets of the file, or sources, or sources and programs.
  package let done: Int
  package let of: Int
}
