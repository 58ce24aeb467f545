/// What an element may hold: its attributes and children by name. `Vocabulary` has one for every element there is.
struct ElementRule: Sendable {
  enum Occurrence: Sendable {
    /// At most once.
    case once
    /// Exactly once.
    case required
    /// Any number of times.
    case any
  }

  struct Child: Sendable {
    let occurrence: Occurrence
    let rule: ElementRule

    static func once(_ rule: ElementRule) -> Child { Child(occurrence: .once, rule: rule) }
    static func required(_ rule: ElementRule) -> Child { Child(occurrence: .required, rule: rule) }
    static func any(_ rule: ElementRule) -> Child { Child(occurrence: .any, rule: rule) }
  }

  let name: String
  let attributes: [String]
  let children: [Child]
  let holdsText: Bool

  init(
    _ name: String, _ attributes: [String] = [], children: [Child] = [], holdsText: Bool = false
  ) {
    self.name = name
    self.attributes = attributes
    self.children = children
    self.holdsText = holdsText
  }
}
