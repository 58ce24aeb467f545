/// Everything that is wrong with a registration, a sentence each.
package struct RegistrationMistakes: Error, Equatable {
  /// Never empty.
  package let sentences: [String]
}

extension RegistrationMistakes: CustomStringConvertible {
  package var description: String { sentences.joined(separator: ". ") }
}
