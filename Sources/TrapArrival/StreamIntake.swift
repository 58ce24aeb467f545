internal import SNMPWire
package import TrapBatching
package import TrapLedger

/// What a stream listener (TCP, TLS, DTLS) does with each whole message: decide, count and hand over, as a lane does with
/// those of one read. One thread's, but for `setAdmission`.
package final class StreamIntake: Sendable {
  private let listener: UInt16
  private let queue: BatchQueue
  private let ledger: ListenerLedger
  private let admission: AdmissionCell
  private let answering: AnswerSender?
  private let sources: InterprocessBuffer?

  /// `listener` is the listener's number in the order of the configuration; `answering` takes its discoveries, and knows
  /// by `AnswerSender.route` how their Reports leave; `sources` is told of the sources of what is refused or answered here.
  package init(
    listener: UInt16, queue: BatchQueue, ledger: ListenerLedger, admission: Admission, answering: AnswerSender? = nil,
    sources: InterprocessBuffer? = nil
  ) {
    self.listener = listener
    self.queue = queue
    self.ledger = ledger
    self.admission = AdmissionCell(admission)
    self.answering = answering
    self.sources = sources
  }

  /// Replaces who may send, from the next message on.
  package func setAdmission(_ new: Admission) { admission.replace(with: new) }

  /// Takes in one message. `isTransportSecured`: it came by TLS or DTLS, whose security model (RFC 5591) is allowed in
  /// it. `now` is monotonic.
  package func take(_ facts: ArrivalFacts, _ octets: Span<UInt8>, isTransportSecured: Bool = false, now: UInt64) {
    var facts = facts
    facts.listener = listener
    ledger.addArrived(1)
    let admission = admission.current
    var verdict = AdmissionVerdict.refused(.sourceDenied)
    if admission.filter.admits(facts.source) {
      // A message that TLS secured has grown by the parameters it was given since it was read, and no stage behind this
      // one has room for more than the largest datagram.
      verdict =
        octets.count > ReceiveVector.largestDatagram
        ? .refused(.truncated) : admission.verdict(octets, isTransportSecured: isTransportSecured)
    }
    switch verdict {
    case .accepted: handOver(facts, octets, isAccepted: true, now)
    case .deferred: handOver(facts, octets, isAccepted: false, now)
    case .discovery:
      let isTaken = answering?.takeDiscovery(facts, octets, now: now) ?? false
      ledger.countDiscovery(isTaken)
      count(facts, refused: isTaken ? 0 : 1, now)
    case .refused(let cause): refuse(facts, cause, now)
    }
  }

  private func handOver(_ facts: ArrivalFacts, _ octets: Span<UInt8>, isAccepted: Bool, _ now: UInt64) {
    var facts = facts
    facts.isDeferred = !isAccepted
    var result = BatchQueue.PutResult.refused
    queue.putGroup(now: now) { put in
      result = put(facts, octets)
      // Under the lock: nobody can place it before it is counted.
      if result == .queued && isAccepted { ledger.addAccepted(1) }
    }
    if result == .refused { refuse(facts, .batchBound, now) }
  }

  /// What is no message at all: its connection ends.
  package func refuseMalformed(_ facts: ArrivalFacts, now: UInt64) {
    ledger.addArrived(1)
    refuse(facts, .malformed, now)
  }

  private func refuse(_ facts: ArrivalFacts, _ cause: Cause, _ now: UInt64) {
    ledger.addRefused(1, cause)
    count(facts, refused: 1, now)
  }

  private func count(_ facts: ArrivalFacts, refused: UInt64, _ now: UInt64) {
    sources?.append(
      orAddUnattributed: SourceCommand(source: facts.source, arrived: 1, refused: refused, received: facts.received),
      now: now)
  }
}
