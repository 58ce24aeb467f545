internal import SNMPWire
internal import TrapBatching
internal import TrapLedger
internal import TrapSecurity

// What is no notification, and may only want to know our clock before it sends an inform (RFC 3414 §4): a request for our
// engine ID that says whose it is. Here and not at arrival, because metadata may know its user.
extension ClassifierCore {
  /// Counted as answered where its Report goes out, else as refused for what is wrong with it.
  mutating func settleRequest(
    _ resolution: Resolution, _ key: MetadataKey, _ facts: ArrivalFacts, _ octets: Span<UInt8>, now: UInt64
  ) {
    guard let identity = key.v3, let header = try? V3Header.read(octets) else {
      // Arrival has seen more in it than there is. What can't be read can't be verified.
      return refuse(facts, .malformed)
    }
    let program: RoutingProgram?
    switch resolution {
    case .program(let known): program = known
    case .timedOut: program = nil
    case .refused: return refuse(facts, .notANotification)
    }
    let user = ClassifierCore.user(of: identity, program, policies.credentials)
    let refusal = verifier.refusal(ofRequest: octets, user: user, now: now)
    let isReported = isReported(refusal, facts, octets, user, now: now)
    if refusal == .notInTimeWindow || refusal == .notANotification {
      cache.noteVerified(key)
    } else {
      cache.noteRefused(key)
    }
    if refusal == .notInTimeWindow, isReported { return profile(facts).line.addAnsweredDiscovery(1) }
    refuse(facts, Cause(refusal))
    // One of our users asks in vain what is not for this port: there is nothing to look at.
    guard refusal != .notANotification else { return }
    tell(refusal, facts, octets, userName: header.userName, engineID: header.engineID, now: now)
  }

  private mutating func isReported(
    _ refusal: USMRefusal, _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ user: USMUser?, now: UInt64
  ) -> Bool {
    guard reports(refusal, facts), let report = verifier.report(refusal, to: octets, user: user, now: now),
      send(report, facts)
    else { return false }
    statistics.informs.reports += 1
    return true
  }
}
