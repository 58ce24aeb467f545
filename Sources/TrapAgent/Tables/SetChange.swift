/// What a SET does to rows, once it was found to be right, and how that is taken back.
internal struct SetChange: Equatable {
  internal enum Step: Equatable {
    /// The row at this index; nil: it goes.
    case lookup(UInt32, SourceLookup?)
    case delta(UInt32, DeltaRow?)
  }

  internal let steps: [Step]
  /// The rows as they were, in the order in which they were changed.
  private var former: [Step] = []

  internal init(_ steps: [Step]) { self.steps = steps }

  internal mutating func apply(to state: AgentState) {
    for step in steps {
      switch step {
      case .lookup(let index, _): former.append(.lookup(index, state.lookups[index]))
      case .delta(let index, _): former.append(.delta(index, state.deltas[index]))
      }
      Self.take(step, in: state)
    }
  }

  internal mutating func undo(in state: AgentState) {
    for step in former.reversed() { Self.take(step, in: state) }
    former = []
  }

  private static func take(_ step: Step, in state: AgentState) {
    switch step {
    case .lookup(let index, let row): state.lookups[index] = row
    case .delta(let index, let row): state.deltas[index] = row
    }
  }
}
