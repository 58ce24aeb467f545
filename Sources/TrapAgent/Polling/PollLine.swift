/// Requests that wait for their turn: in order for one agent, and one agent after the other.
internal struct PollLine {
  internal struct Place {
    let call: PollCall
    let index: Int
  }

  private struct Agent {
    var waiting: ArraySlice<Place> = []
    var active = 0
    /// Whether it is among those that could begin something.
    var isInTurn = false
  }

  private var agents: [PollTask.Agent: Agent] = [:]
  private var turns: ArraySlice<PollTask.Agent> = []

  /// Whether nothing waits and nothing is under way.
  internal var isEmpty: Bool { agents.isEmpty }

  internal mutating func add(_ place: Place, perAgent: Int) {
    let name = place.call.tasks[place.index].agent
    agents[name, default: Agent()].waiting.append(place)
    queue(name, perAgent)
  }

  /// The next that may begin; it counts for its agent until `finish`.
  internal mutating func next(perAgent: Int) -> Place? {
    while let name = turns.popFirst() {
      agents[name]?.isInTurn = false
      guard let place = agents[name]?.waiting.popFirst() else { continue }
      agents[name]?.active += 1
      queue(name, perAgent)
      return place
    }
    return nil
  }

  internal mutating func finish(_ name: PollTask.Agent, perAgent: Int) {
    agents[name]?.active -= 1
    queue(name, perAgent)
    if let agent = agents[name], agent.active <= 0, agent.waiting.isEmpty { agents[name] = nil }
  }

  /// Takes out what nobody waits for any more.
  internal mutating func removeAll(where isLeaving: (Place) -> Bool) -> [Place] {
    var removed: [Place] = []
    for (name, agent) in agents {
      let leaving = agent.waiting.filter(isLeaving)
      guard !leaving.isEmpty else { continue }
      removed += leaving
      agents[name]?.waiting.removeAll(where: isLeaving)
      if agents[name]?.waiting.isEmpty == true, agent.active == 0 { agents[name] = nil }
    }
    return removed
  }

  private mutating func queue(_ name: PollTask.Agent, _ perAgent: Int) {
    guard let agent = agents[name], !agent.isInTurn, !agent.waiting.isEmpty, agent.active < perAgent else { return }
    agents[name]?.isInTurn = true
    turns.append(name)
  }
}
