/// Why a text is not a value of the kind that its place wants.
package struct ValueMistake: Error, Equatable {
  /// Continues `limit="5" `: "has no unit".
  package let problem: String
  package let remedy: String
  /// The text holds a secret, so a message leaves it out.
  package let hidesText: Bool

  package init(problem: String, remedy: String, hidesText: Bool = false) {
    self.problem = problem
    self.remedy = remedy
    self.hidesText = hidesText
  }
}
