internal import DequeModule

// What is late, what is lost, and when to look again.
extension HoldingAreas {
  /// Looks at every deadline that has passed. `late`: keys that were not answered for in time but will be asked for
  /// again; `lost`: keys that nobody will answer for. Both are still pending until they are settled.
  mutating func expire(now: UInt64) -> (late: [MetadataKey], lost: [MetadataKey]) {
    var late: [MetadataKey] = []
    var lost: [MetadataKey] = []
    for desk in desks.indices {
      for id in desks[desk].asked {
        if case .asked(let deadline) = requests[id]!.state, deadline <= now {
          guard timeOut(id, now: now) else {
            lost += openKeys(of: id)
            retireIfDone(id)
            continue
          }
          late += openKeys(of: id)
        }
        if requests[id]!.since + limits.holdMax <= now { lost += openKeys(of: id) }
      }
      for id in Array(desks[desk].ready) + (desks[desk].forming.map { [$0] } ?? [])
      where requests[id]!.since + limits.holdMax <= now {
        lost += openKeys(of: id)
      }
    }
    return (late, lost)
  }

  /// True where the request will be asked again.
  private mutating func timeOut(_ id: UInt64, now: UInt64) -> Bool {
    let request = requests[id]!
    requests[id]!.isUnderWay = false
    if desks[request.desk].lastAnswer < request.askedAt {
      let reason = "no answer within \(MetadataNotice.time(limits.timeout))"
      fail(request, reason: reason, isSilence: true, retryAfter: nil, now: now)
    }
    guard request.openKeys > 0, request.attempts < limits.attempts else { return false }
    requests[id]!.state = .pausing(until: now + pause(after: request.attempts))
    return true
  }

  /// The source says that an asking failed. Returns the keys that are late now; the request is asked again after a
  /// pause, for as long as its keys may be held: failing is quick, so askings are not what bounds it.
  mutating func noteFailure(_ failure: MetadataFailure, now: UInt64) -> [MetadataKey] {
    guard let request = requests[failure.id], case .asked = request.state, request.attempts == failure.attempt else {
      return []
    }
    let isSilence = failure.isTimeout && desks[request.desk].lastAnswer < request.askedAt
    fail(request, reason: failure.reason, isSilence: isSilence, retryAfter: failure.retryAfter, now: now)
    requests[failure.id]!.isUnderWay = false
    guard request.openKeys > 0 else {
      retireIfDone(failure.id)
      return []
    }
    let wish = min(failure.retryAfter ?? 0, limits.probeMax)
    requests[failure.id]!.state = .pausing(until: now + max(wish, pause(after: request.attempts)))
    return openKeys(of: failure.id)
  }

  private mutating func fail(
    _ request: OutstandingRequest, reason: String, isSilence: Bool, retryAfter: UInt64?, now: UInt64
  ) {
    let (shrink, probeMax, limits) = (nextJitter(), limits.probeMax, limits)
    let wasDown = desks[request.desk].isDown
    let notice = desks[request.desk].noteFailure(
      request.id, reason: reason, isSilence: isSilence, allowed: limits.failuresToOpen, now: now
    ) { probes in
      let pause = limits.pause(after: probes)
      return max(min(max(pause - pause / 256 * shrink, retryAfter ?? 0), probeMax), 1)
    }
    if let notice { notices.append(notice) }
    if !wasDown && desks[request.desk].isDown { opened.append(request.desk) }
  }

  /// The keys that wait to be asked for at desks whose circuits have opened since the last call.
  mutating func takeStranded() -> [MetadataKey] {
    guard !opened.isEmpty else { return [] }
    var stranded: [MetadataKey] = []
    for desk in opened {
      for id in desks[desk].asked {
        if case .pausing = requests[id]!.state { stranded += openKeys(of: id) }
      }
      for id in desks[desk].ready { stranded += openKeys(of: id) }
      if let id = desks[desk].forming { stranded += openKeys(of: id) }
    }
    opened.removeAll(keepingCapacity: true)
    return stranded
  }

  /// Before a request is asked again: less up to a quarter, so that requests that failed together part.
  private mutating func pause(after attempts: Int) -> UInt64 {
    let pause = limits.pause(after: attempts)
    return max(pause - pause / 256 * nextJitter(), 1)
  }

  /// 0...63. SplitMix64.
  private mutating func nextJitter() -> UInt64 {
    jitter &+= 0x9e37_79b9_7f4a_7c15
    let mixed = (jitter ^ jitter >> 30) &* 0xbf58_476d_1ce4_e5b9
    return mixed >> 58
  }

  /// When `nextRequest` or `expire` will next have something to do; nil: not before something arrives.
  func nextDeadline() -> UInt64? {
    var next: UInt64?
    func take(_ moment: UInt64) { next = min(next ?? moment, moment) }
    for desk in desks {
      var canAsk = false
      if let id = desk.forming, let request = requests[id], case .forming(let until) = request.state {
        take(request.since + limits.holdMax)
        // Its moment matters only where it would be asked then; else an answer or a deadline comes first.
        if desk.ready.isEmpty && desk.asked.count < limits.outstanding {
          if let probe = desk.nextProbe { take(max(until, probe)) } else if !desk.isDown { take(until) }
        }
      }
      for id in desk.asked {
        guard let request = requests[id] else { continue }
        if request.openKeys > 0 { take(request.since + limits.holdMax) }
        switch request.state {
        case .asked(let moment): take(moment)
        case .pausing(let moment):
          canAsk = true
          if !desk.isDown { take(moment) }
        case .forming, .ready: break
        }
      }
      if let id = desk.ready.first {
        take(requests[id]!.since + limits.holdMax)
        if desk.asked.count < limits.outstanding {
          canAsk = true
          if !desk.isDown { take(0) }
        }
      }
      if canAsk, let probe = desk.nextProbe { take(probe) }
    }
    return next
  }
}
