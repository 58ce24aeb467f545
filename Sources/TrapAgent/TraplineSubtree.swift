internal import CNetSNMP
internal import TrapObservation

/// TRAPLINE-MIB as it is asked for: one moment for a request, or for the whole of a walk. Belongs to Net-SNMP's thread.
internal final class TraplineSubtree {
  internal let state: AgentState
  internal var base: ObjectName { state.base }
  private var change: SetChange?
  private let layout = TraplineMIB.layout
  private var walks = WalkPins<AgentMoment>()
  /// The request at hand, and what it sees.
  private var request: RequestIdentity?
  private var step: (walk: UInt64, moment: AgentMoment)?
  // Used again for every answer.
  private var name: [UInt]
  private var asked: [UInt64] = []
  private var answered: [UInt64] = []

  internal init(base: ObjectName, snapshots: @escaping SnapshotSource, sources: (any SourceRows)?) {
    state = AgentState(base: base, snapshots: snapshots, sources: sources)
    name = base.arcs
    name.reserveCapacity(128)
  }

  internal func beginTurn(now: UInt64) {
    state.beginTurn(now: now)
    request = nil
    step = nil
  }

  internal func end() {
    step = nil
    walks = WalkPins()
    state.end()
  }

  /// Net-SNMP asks for one PDU in many calls: what is done once for each PDU is done at the first of them.
  internal func begin(_ requests: AgentRequests) {
    let identity = requests.identity
    guard identity != request else { return }
    request = identity
    step = nil
    state.sources.beginRequest(rowsAhead: requests.rowsAhead)
  }

  internal func answerGet(_ requests: AgentRequests) {
    begin(requests)
    let version1 = requests.isVersion1
    requests.forEach { request in
      let position = request.withName { ObjectPosition($0, below: base.arcs.count) }
      switch layout.value(at: position, in: state.moment) {
      case .found(let value) where !version1 || value.isKnownToVersion1: request.answer(value)
      case .found, .noSuchObject: request.answerNoSuchObject()
      case .noSuchInstance: request.answerNoSuchInstance()
      }
    }
  }

  /// Answers what has a next name here and leaves the rest untouched, which sends the agent on to the next subtree.
  internal func answerNext(_ requests: AgentRequests) {
    begin(requests)
    let version1 = requests.isVersion1
    let (walk, moment) = step ?? beginStep(requests)
    answered.removeAll(keepingCapacity: true)
    requests.forEach { request in
      let position = request.withName { place(of: $0) }
      guard
        let hit = layout.next(after: position, inclusive: request.isInclusive, version1: version1, in: moment)
      else { return }
      name.removeLast(name.count - base.arcs.count)
      hit.append(to: &name)
      request.answer(hit.value, name: name)
      answered.append(WalkName.hash(name.span))
    }
    walks.note(walk, answered: answered)
  }

  /// One phase of a SET. Net-SNMP brings one SET through its phases before it begins another.
  internal func change(_ requests: AgentRequests) {
    begin(requests)
    switch requests.mode {
    case tl_mode_set_reserve1: check(requests) { binding, _ in SetRules.refusal(of: binding) }
    case tl_mode_set_reserve2: plan(requests)
    case tl_mode_set_action: change?.apply(to: state)
    case tl_mode_set_undo:
      change?.undo(in: state)
      change = nil
    default: change = nil
    }
  }

  private func plan(_ requests: AgentRequests) {
    var bindings: [SetBinding] = []
    requests.forEach { bindings.append(binding(of: $0)) }
    switch SetPlan.change(for: bindings, in: state) {
    case .success(let change): self.change = change
    case .failure(let refusal): check(requests) { _, index in index == refusal.index ? refusal.error : nil }
    }
  }

  private func check(_ requests: AgentRequests, _ refusal: (SetBinding, Int) -> SetError?) {
    var index = 0
    requests.forEach { request in
      if let error = refusal(binding(of: request), index) { requests.refuse(request, error) }
      index += 1
    }
  }

  private func binding(of request: AgentRequest) -> SetBinding {
    SetBinding(position: request.withName { place(of: $0) }, value: request.written)
  }

  /// A name before our root stands for the root.
  private func place(of name: Span<UInt>) -> ObjectPosition {
    let root = base.arcs
    guard name.count >= root.count else { return .root }
    for index in root.indices where name[index] != root[index] { return .root }
    return ObjectPosition(name, below: root.count)
  }

  private func beginStep(_ requests: AgentRequests) -> (walk: UInt64, moment: AgentMoment) {
    asked.removeAll(keepingCapacity: true)
    requests.forEach { request in asked.append(request.withName { WalkName.hash($0) }) }
    let peer = requests.peer
    let known = walks.walk(after: asked, peer: peer, now: state.now)
    let step = known ?? (walks.begin(state.moment, peer: peer, now: state.now), state.moment)
    self.step = step
    return step
  }
}
