internal import SNMPWire
internal import TrapBatching
internal import TrapLedger
internal import TrapSecurity

// Informs: which are answered, with what, and what is a repeat.
extension ClassifierCore {
  /// The reader's trap, where it is an inform that its listener answers. `user`: who secures the response to a v3 one.
  mutating func answerable(_ facts: ArrivalFacts, _ octets: Span<UInt8>, user: USMUser?) -> PlacedInform? {
    guard let peek = reader.peek(octets), peek.kind == .inform else { return nil }
    let profile = profile(facts)
    guard profile.informs == .answer, profile.answers != nil else { return nil }
    let digest = InformDigest(facts.source, octets, peek, scratch: &scratch)
    return PlacedInform(digest: digest, received: facts.received, peek: peek, user: user)
  }

  /// Its listener answered informs when it was held, and does so no longer: equal ones wait for it in vain.
  mutating func forgetHeld(_ facts: ArrivalFacts, _ octets: Span<UInt8>) {
    guard desk.count > 0, let peek = reader.peek(octets), peek.kind == .inform else { return }
    desk.forget(InformDigest(facts.source, octets, peek, scratch: &scratch), received: facts.received)
  }

  /// True where an equal inform came before: this one is counted, and answered where that one was accepted. What has the
  /// very octets of an accepted one and is not its source's repeat was recorded, and is refused like a trap's.
  ///
  /// - Parameter isNoted: whether the undecided one may be this very one, noted when it was held.
  mutating func isSettledAsRepeat(
    _ inform: PlacedInform, _ facts: ArrivalFacts, _ octets: Span<UInt8>, isNoted: Bool, now: UInt64
  ) -> Bool {
    desk.expire(now: now)
    switch desk.standing(inform.digest) {
    case .unknown:
      guard inform.user != nil, verifier.isRemembered(octets, now: now) else { return false }
      refuse(facts, .repeated)
      return true
    case .undecided(let first) where isNoted && first == facts.received: return false
    case .undecided:
      refuse(facts, .informPending)
      return true
    case .accepted:
      profile(facts).line.addAnsweredRepeat(1)
      answer(inform, facts, octets, now: now)
      return true
    }
  }

  mutating func answer(_ inform: PlacedInform, _ facts: ArrivalFacts, _ octets: Span<UInt8>, now: UInt64) {
    var response: [UInt8]?
    if let user = inform.user {
      response = verifier.response(to: octets, peek: inform.peek, user: user, now: now)
    } else {
      response = InformResponse.make(to: octets, peek: inform.peek)
    }
    guard let response, send(response, facts) else {
      statistics.informs.dropped += 1
      return
    }
    statistics.informs.sent += 1
  }

  func send(_ octets: [UInt8], _ facts: ArrivalFacts) -> Bool {
    profile(facts).answers?.send(Answer(facts: facts, octets: octets)) ?? false
  }
}
