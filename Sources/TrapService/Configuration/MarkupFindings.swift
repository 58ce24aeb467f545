/// What the parser's callbacks leave for the call that started it: the first error, and no later one, since what a
/// parser says after its first error follows from it.
final class MarkupFindings {
  private(set) var first: MarkupError?

  func add(_ error: MarkupError) {
    if first == nil { first = error }
  }
}
