/// One value of a selection that is none, and where it stands.
package struct SelectionMistake: Error, Equatable {
  /// `source`, `trap`, `version`, `listener` or `pdu`.
  package let key: String
  package let text: String
  package let mistake: ValueMistake
}

extension SelectionMistake: CustomStringConvertible {
  /// A sentence.
  package var description: String { "\(key) \"\(text)\" \(mistake.problem); \(mistake.remedy)" }
}
