internal import Synchronization
internal import TrapBatching

extension AnswerSender {
  /// Copies a discovery in, to be answered with a Report; false where it is over the limits of its source or of all, or
  /// there is no room. The caller counts `answered[discovery]` or `refused[discovery-limit]`.
  func takeDiscovery(_ facts: ArrivalFacts, _ octets: Span<UInt8>, now: UInt64) -> Bool {
    let (isTaken, wakes) = inbox.withLock { inbox -> (Bool, Bool) in
      guard !inbox.isClosed, inbox.limit.take(facts.source, now: now) else { return (false, false) }
      let wasEmpty = inbox.isEmpty
      let isTaken = inbox.discoveries.append(facts, octets)
      return (isTaken, isTaken && wasEmpty)
    }
    if wakes { waker.wake() }
    if !isTaken { tally.addLimited() }
    return isTaken
  }
}
