internal import DequeModule

// Which keys travel together, and when each request is asked, asked again and given up.
extension HoldingAreas {
  var outstandingRequests: Int { desks.reduce(0) { $0 + $1.asked.count } }

  func isDown(_ key: MetadataKey) -> Bool { desks[assignment.index(of: key.listener)].isDown }

  /// Puts a key into the request that its desk is forming, and makes that one ready when it is full.
  mutating func enqueue(_ key: MetadataKey, since: UInt64, now: UInt64) {
    let desk = assignment.index(of: key.listener)
    let id = desks[desk].forming ?? form(desk, now: now)
    pending[key] = PendingKey(request: id, since: since)
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
      for id in desks[desk].asked {
        if case .pausing(let until) = requests[id]!.state, until <= now { return (desk, ask(id, now: now)) }
      }
      if desks[desk].asked.count < limits.outstanding, let id = desks[desk].ready.popFirst() {
        desks[desk].asked.append(id)
        return (desk, ask(id, now: now))
      }
    }
    return nil
  }

  private mutating func ask(_ id: UInt64, now: UInt64) -> MetadataRequest {
    requests[id]!.attempts += 1
    requests[id]!.askedAt = now
    requests[id]!.state = .asked(deadline: now + limits.timeout)
    return MetadataRequest(id: id, attempt: requests[id]!.attempts, keys: openKeys(of: id))
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

  mutating func noteAnswer(_ id: UInt64, now: UInt64) {
    guard let desk = requests[id]?.desk else { return }
    desks[desk].lastAnswer = now
    desks[desk].isDown = false
  }

  /// Looks at every deadline that has passed. `late`: keys that were not answered for in time but will be asked for
  /// again; `lost`: keys that nobody will answer for. Both are still pending until they are settled.
  mutating func expire(now: UInt64) -> (late: [MetadataKey], lost: [MetadataKey]) {
    var late: [MetadataKey] = []
    var lost: [MetadataKey] = []
    for desk in desks.indices {
      for id in desks[desk].asked {
        let request = requests[id]!
        if case .asked(let deadline) = request.state, deadline <= now {
          if desks[desk].lastAnswer < request.askedAt { desks[desk].isDown = true }
          if request.attempts < limits.attempts {
            requests[id]!.state = .pausing(until: now + limits.pause(after: request.attempts))
            late += openKeys(of: id)
          } else {
            lost += openKeys(of: id)
            continue
          }
        }
        if request.since + limits.holdMax <= now { lost += openKeys(of: id) }
      }
      for id in Array(desks[desk].ready) + (desks[desk].forming.map { [$0] } ?? [])
      where requests[id]!.since + limits.holdMax <= now {
        lost += openKeys(of: id)
      }
    }
    return (late, lost)
  }

  /// When `nextRequest` or `expire` will next have something to do; nil: not before something arrives.
  func nextDeadline() -> UInt64? {
    var next: UInt64?
    func take(_ moment: UInt64) { next = min(next ?? moment, moment) }
    for desk in desks {
      if let id = desk.forming, let request = requests[id], case .forming(let until) = request.state {
        take(min(until, request.since + limits.holdMax))
      }
      for id in desk.asked {
        guard let request = requests[id] else { continue }
        take(request.since + limits.holdMax)
        switch request.state {
        case .asked(let moment), .pausing(let moment): take(moment)
        case .forming, .ready: break
        }
      }
      if let id = desk.ready.first {
        take(desk.asked.count < limits.outstanding ? 0 : requests[id]!.since + limits.holdMax)
      }
    }
    return next
  }

  /// Asks for everything pending under new IDs, so that answers given before the metadata changed are not taken.
  /// How long each key has waited is not forgotten.
  mutating func askAnew(_ replacement: MetadataAssignment?, now: UInt64) {
    if let replacement {
      assignment = replacement
      desks = replacement.sources.map { RequestDesk(answersAtOnce: $0.answersAtOnce) }
    }
    for desk in desks.indices { desks[desk].forgetAll() }
    requests.removeAll()
    for (key, waiting) in pending.sorted(by: { $0.value.since < $1.value.since }) {
      enqueue(key, since: waiting.since, now: now)
    }
  }
}
