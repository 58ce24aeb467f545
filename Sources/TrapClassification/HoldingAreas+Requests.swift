internal import DequeModule
internal import TrapBatching
internal import TrapLedger

// Which keys travel together, and when each request is asked, asked again and given up.
extension HoldingAreas {
  var outstandingRequests: Int { desks.reduce(0) { $0 + $1.asked.count } }

  func isDown(_ key: MetadataKey) -> Bool { desks[assignment.index(of: key.listener)].isDown }

  /// Puts a key into the request that its desk is forming, and makes that one ready when it is full.
  mutating func enqueue(_ key: MetadataKey, since: UInt64, now: UInt64) {
    let desk = assignment.index(of: key.listener)
    let id = desks[desk].forming ?? form(desk, now: now)
    pending[key] = PendingKey(request: id, since: since, waiters: pending[key]?.waiters ?? [])
    requests[id]!.keys.append(key)
    requests[id]!.openKeys += 1
    requests[id]!.since = min(requests[id]!.since, since)
    if requests[id]!.keys.count >= limits.keysPerRequest { makeReady(desk) }
  }

  private mutating func form(_ desk: Int, now: UInt64) -> UInt64 {
    lastID += 1
    requests[lastID] = OutstandingRequest(
      id: lastID, desk: desk, state: .forming(until: now + limits.maxWait), since: now)
    desks[desk].forming = lastID
    return lastID
  }

  private mutating func makeReady(_ desk: Int) {
    guard let id = desks[desk].forming else { return }
    desks[desk].forming = nil
    requests[id]!.state = .ready
    desks[desk].ready.append(id)
  }

  internal mutating func closeKey(of id: UInt64) {
    guard requests[id] != nil else { return }
    requests[id]!.openKeys -= 1
    if requests[id]!.openKeys == 0 { retire(id) }
  }

  private mutating func retire(_ id: UInt64) {
    guard let request = requests.removeValue(forKey: id) else { return }
    desks[request.desk].forget(id)
  }

  func openKeys(of id: UInt64) -> [MetadataKey] {
    requests[id]?.keys.filter { pending[$0]?.request == id } ?? []
  }

  /// The next request to ask now, and where; nil when there is none. `flushing`: no request waits for company.
  mutating func nextRequest(now: UInt64, flushing: Bool) -> (desk: Int, request: MetadataRequest)? {
    for desk in desks.indices {
      if let id = desks[desk].forming, case .forming(let until) = requests[id]!.state,
        flushing || desks[desk].answersAtOnce || until <= now
      {
        makeReady(desk)
      }
      guard desks[desk].mayAsk(now: now) else { continue }
      for id in desks[desk].asked {
        // A probe does not wait for its own request's pause: the circuit has one.
        if case .pausing(let until) = requests[id]!.state, until <= now || desks[desk].isDown {
          return (desk, ask(id, now: now))
        }
      }
      if desks[desk].asked.count < limits.outstanding, let id = desks[desk].ready.popFirst() {
        desks[desk].asked.append(id)
        return (desk, ask(id, now: now))
      }
    }
    return nil
  }

  private mutating func ask(_ id: UInt64, now: UInt64) -> MetadataRequest {
    let desk = requests[id]!.desk
    let keys = openKeys(of: id)
    requests[id]!.attempts += 1
    requests[id]!.askedAt = now
    requests[id]!.state = .asked(deadline: now + limits.timeout)
    desks[desk].statistics.asked += 1
    if requests[id]!.attempts == 1 { desks[desk].statistics.keysAsked += UInt64(keys.count) }
    note(desks[desk].noteAsked(id))
    return MetadataRequest(id: id, attempt: requests[id]!.attempts, keys: keys)
  }

  private mutating func note(_ notice: MetadataNotice?) {
    if let notice { notices.append(notice) }
  }

  /// Whether this request is out and still waits for this key. An answer that it says no to is ignored.
  func expects(_ id: UInt64, _ key: MetadataKey) -> Bool {
    pending[key]?.request == id && isAsked(id)
  }

  func isAsked(_ id: UInt64) -> Bool {
    switch requests[id]?.state {
    case .asked, .pausing: true
    case .forming, .ready, nil: false
    }
  }

  /// Returns the desk whose circuit this answer closed.
  mutating func noteAnswer(_ id: UInt64, now: UInt64) -> Int? {
    guard let desk = requests[id]?.desk else { return nil }
    let wasDown = desks[desk].isDown
    note(desks[desk].noteAnswer(now: now))
    return wasDown ? desk : nil
  }

  // MARK: - Anew

  /// Asks for what is pending of these sources under new IDs, so that answers given before the metadata changed are not
  /// taken. How long each key has waited is not forgotten.
  mutating func askAnew(of addresses: Set<SourceAddress>, now: UInt64) {
    let affected = pending.filter { addresses.contains($0.key.source) }
    for (key, waiting) in affected.sorted(by: { $0.value.since < $1.value.since }) {
      closeKey(of: waiting.request)
      enqueue(key, since: waiting.since, now: now)
    }
  }

  /// The same for everything pending.
  mutating func askAnew(_ replacement: MetadataAssignment?, now: UInt64) {
    for desk in desks.indices { desks[desk].forgetAll() }
    requests.removeAll()
    opened.removeAll()
    if let replacement {
      let former = desks
      assignment = replacement
      // A source that goes takes its gauges along, before another of its name brings new ones.
      for desk in former where !replacement.sources.contains(where: { $0 === desk.source }) {
        board?.remove(.metadataRequests, item: desk.source.name)
        board?.remove(.metadataDown, item: desk.source.name)
      }
      // One that stays keeps its circuit and its counts.
      desks = replacement.sources.map { source in
        former.first { $0.source === source } ?? RequestDesk(source, board: board)
      }
      recount()
    }
    for (key, waiting) in pending.sorted(by: { $0.value.since < $1.value.since }) {
      enqueue(key, since: waiting.since, now: now)
    }
  }
}
