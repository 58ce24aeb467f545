/// Keys that a JSON object may have, and what the objects below them may have; nil: nothing to look into.
internal final class KeyTree: Sendable {
  let branches: [String: KeyTree?]

  init(_ branches: [String: KeyTree?]) {
    self.branches = branches
  }
}
