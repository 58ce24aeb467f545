internal import TrapBatching

/// What was decided of the traps of one slab, in their order.
internal struct Decisions {
  private(set) var placements: [Placement] = []
  private(set) var agents: [SourceAddress] = []
  private(set) var informs: [PlacedInform] = []
  /// How many are routed somewhere.
  private(set) var placed: UInt64 = 0

  mutating func removeAll() {
    placements.removeAll(keepingCapacity: true)
    agents.removeAll(keepingCapacity: true)
    informs.removeAll(keepingCapacity: true)
    placed = 0
  }

  mutating func appendNowhere() { placements.append(.none) }

  /// Takes a `.none` back.
  mutating func removeLast() { placements.removeLast() }

  /// `agent`: the device that the trap speaks of, often its source.
  // An empty literal of marks would be made by a loop, for each trap.
  @inline(__always)
  mutating func append(
    _ route: RouteSetNumber, marks: TrapMarks = TrapMarks(rawValue: 0), agent: SourceAddress, source: SourceAddress
  ) {
    if route != .none { placed += 1 }
    let number = agent == source || route == .none ? 0 : number(of: agent)
    placements.append(Placement(route: route, marks: marks, agent: number))
  }

  /// Of the trap that is appended next.
  mutating func append(_ inform: PlacedInform) {
    var inform = inform
    inform.index = placements.count
    informs.append(inform)
  }

  /// Runs of one device's traps share an entry. A slab has fewer entries than there are numbers.
  private mutating func number(of agent: SourceAddress) -> UInt16 {
    if agents.last != agent {
      guard agents.count < Int(UInt16.max) else { return 0 }
      agents.append(agent)
    }
    return UInt16(agents.count)
  }
}
