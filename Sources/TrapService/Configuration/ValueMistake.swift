/// Why a text is not a value of the kind that its attribute wants.
struct ValueMistake: Error {
  /// Continues `limit="5" `: "has no unit".
  let problem: String
  let remedy: String
}
