/// Why octets are no document that Trapline reads.
struct MarkupError: Error, Equatable {
  /// Both counted from 1; 0 where the parser doesn't say.
  let line: Int
  let column: Int
  let message: String
  let remedy: String
}
