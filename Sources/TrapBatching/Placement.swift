/// What classification decided of one trap of a slab: where it goes, and what was found out about it.
package struct Placement: Sendable, Equatable {
  package var route: RouteSetNumber
  package var marks: TrapMarks
  /// 1 + the index, among the slab's agents, of the device that the trap speaks of; 0 where that is its source.
  package var agent: UInt16

  package init(route: RouteSetNumber, marks: TrapMarks = TrapMarks(rawValue: 0), agent: UInt16 = 0) {
    self.route = route
    self.marks = marks
    self.agent = agent
  }

  package static let none = Placement(route: .none)
}
