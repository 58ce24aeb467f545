package import TrapBatching

/// What was found out about one trap on its way here, beside its arrival facts and its octets.
package struct TrapFindings: Sendable, Equatable {
  package var marks: TrapMarks
  /// The device that it speaks of; nil where that is the source.
  package var agent: SourceAddress?

  package init(marks: TrapMarks = TrapMarks(rawValue: 0), agent: SourceAddress? = nil) {
    self.marks = marks
    self.agent = agent
  }

  /// The same with an agent only where it is another than the source: a record keeps none else.
  @inline(__always)
  internal func besides(_ source: SourceAddress) -> TrapFindings {
    TrapFindings(marks: marks, agent: agent == source ? nil : agent)
  }
}
