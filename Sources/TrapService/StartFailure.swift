/// Why the daemon cannot start: one line that says what, where, and what to do.
internal struct StartFailure: Error, CustomStringConvertible {
  let description: String

  init(_ reason: some CustomStringConvertible) { description = reason.description }
}
