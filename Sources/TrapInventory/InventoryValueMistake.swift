/// What is wrong with one value, and what to write in its place. Never holds a secret.
package struct InventoryValueMistake: Error, Equatable, CustomStringConvertible {
  package let problem: String
  package let remedy: String

  package var description: String { "\(problem); \(remedy)" }

  /// The value in quotes, at most 40 characters of it, nothing in it that a terminal would act on.
  internal static func quoted(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(40).map { scalar in
      scalar.value < 0x20 || 0x7f..<0xa0 ~= scalar.value ? "\u{fffd}" : String(Character(scalar))
    }
    return "'" + shown.joined() + (text.unicodeScalars.count > 40 ? "…'" : "'")
  }
}
