/// Whether a condition holds for a trap of which not everything is known.
internal enum Likelihood {
  case yes, no, maybe

  func and(_ other: Likelihood) -> Likelihood {
    switch (self, other) {
    case (.no, _), (_, .no): .no
    case (.yes, .yes): .yes
    default: .maybe
    }
  }
}
