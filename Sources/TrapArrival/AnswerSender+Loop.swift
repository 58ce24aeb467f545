internal import CTrapSystem
internal import Glibc
internal import SNMPWire
internal import Synchronization
internal import TrapBatching

/// The thread of the answers.
extension AnswerSender {
  /// The thread's body: sends until the stop, then what is left.
  func run() {
    var answers = AnswerInbox.slab(settings.inbox)
    var discoveries = AnswerInbox.slab(settings.discoveryInbox)
    let responder = makeResponder()
    while true {
      beat.turn(now: SystemClock.monotonic())
      let (routes, isClosed) = inbox.withLock { inbox in
        swap(&inbox.answers, &answers)
        swap(&inbox.discoveries, &discoveries)
        return (inbox.routes, inbox.isClosed)
      }
      if answers.isEmpty && discoveries.isEmpty {
        // Closed under the lock: nothing can have come since.
        if isClosed { return }
        beat.rest(now: SystemClock.monotonic())
        waker.wait(nanoseconds: LoopBeat.idleWaitMax)
        continue
      }
      var patience = settings.patience
      for index in 0..<answers.count {
        answers.withDatagram(index) { facts, octets in
          guard !isOverLimit(facts, octets) else { return tally.addDropped() }
          deliver(facts, octets, routes[facts.listener], &patience)
        }
      }
      report(discoveries, responder, routes, &patience)
      answers.removeAll()
      discoveries.removeAll()
    }
  }

  /// Reports to what the classification refused come as answers too. They share the limits of the discoveries, or whoever
  /// invents a source could have us send to it without end.
  private func isOverLimit(_ facts: ArrivalFacts, _ octets: Span<UInt8>) -> Bool {
    guard AnswerSender.isReport(octets) else { return false }
    let now = SystemClock.monotonic()
    return inbox.withLock { !$0.limit.take(facts.source, now: now) }
  }

  /// A Report that only its receiver could decrypt is none of ours: they are never encrypted (RFC 3414 §3.2).
  private static func isReport(_ octets: Span<UInt8>) -> Bool {
    do throws(PeekRefusal) {
      return ScopedPDU(octets, header: try V3Header.read(octets))?.pduTag == BERTag.report
    } catch {
      return false
    }
  }

  private func report(
    _ discoveries: borrowing Slab, _ responder: any DiscoveryResponder, _ routes: [UInt16: AnswerRoute],
    _ patience: inout UInt64
  ) {
    guard !discoveries.isEmpty else { return }
    let users = currentUsers
    for index in 0..<discoveries.count {
      // Each may cost the localizing of a key, so each is a turn.
      let now = SystemClock.monotonic()
      beat.turn(now: now)
      discoveries.withDatagram(index) { facts, octets in
        guard let report = responder.report(to: octets, users: users, now: now) else { return tally.addUnreported() }
        deliver(facts, report.span, routes[facts.listener], &patience)
      }
    }
  }

  private func deliver(
    _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ route: AnswerRoute?, _ patience: inout UInt64
  ) {
    switch route {
    case nil: tally.addDropped()
    case .sink(let sink): _ = handOver(Answer(facts: facts, octets: octets.indices.map { octets[$0] }), to: sink)
    case .socket(let socket): send(facts, octets, by: socket, &patience)
    }
  }

  private func send(_ facts: ArrivalFacts, _ octets: Span<UInt8>, by socket: LaneSocket, _ patience: inout UInt64) {
    var code = socket.send(octets, answering: facts)
    while AnswerSender.isFull(code), patience > 0 {
      let before = SystemClock.monotonic()
      _ = trap_wait_writable(socket.descriptor, patience)
      let after = SystemClock.monotonic()
      beat.turn(now: after)
      // At least a little, so that a socket which says that it takes more and does not cannot keep the thread.
      patience -= min(patience, max(after - before, 100_000))
      code = socket.send(octets, answering: facts)
    }
    switch code {
    case 0: tally.addSent()
    case EAGAIN, ENOBUFS, EBADF: tally.addDropped()
    default: tally.addFailed(code)
    }
  }

  private static func isFull(_ code: CInt) -> Bool { code == EAGAIN || code == ENOBUFS }
}
