internal import Glibc
internal import SNMPWire
internal import TrapBatching
internal import TrapDispatch

extension ForwardSender {
  /// Sends everything, and waits until each inform is answered.
  func sendAll(_ messages: [ForwardMessage], isStopping: () -> Bool) throws(SystemError) -> DeliveryOutcome {
    waiting.removeAll(keepingCapacity: true)
    let socket = try socket()
    var refusal: ForwardRefusal?
    for message in messages {
      guard message.requestID != nil else {
        try send(message, socket, now: 0)
        continue
      }
      let id = message.answerID
      // Two informs of one request ID cannot be told apart by their responses.
      while waiting.count >= settings.window || waiting[id] != nil {
        if let outcome = try awaitAnswers(socket, &refusal, isStopping: isStopping) { return outcome }
      }
      waiting[id] = ForwardWaiting(message: message)
      try resend(id, socket, now: SystemClock.monotonic())
    }
    while !waiting.isEmpty {
      if let outcome = try awaitAnswers(socket, &refusal, isStopping: isStopping) { return outcome }
    }
    // What a port that nobody listens on answers comes a moment after the datagram.
    while try socket.receive() != nil {}
    return refusal.map { .refused(reason: "\($0)") } ?? .acknowledged
  }

  private func send(_ message: ForwardMessage, _ socket: ForwardSocket, now: UInt64) throws(SystemError) {
    guard let context = message.sealed, let peer else { return try socket.send(message.octets) }
    try socket.send(peer.seal(message, context, now: now == 0 ? SystemClock.monotonic() : now))
  }

  private func resend(_ id: Int32, _ socket: ForwardSocket, now: UInt64) throws(SystemError) {
    guard var entry = waiting[id] else { return }
    try send(entry.message, socket, now: now)
    entry.sendings += 1
    entry.resendAt = now + settings.timeout
    waiting[id] = entry
  }

  /// An outcome: the batch ends with it.
  private func awaitAnswers(
    _ socket: ForwardSocket, _ refusal: inout ForwardRefusal?, isStopping: () -> Bool
  ) throws(SystemError) -> DeliveryOutcome? {
    if isStopping() { return .unavailable(reason: "it is being stopped while informs wait for their responses") }
    let now = SystemClock.monotonic()
    let due = waiting.values.reduce(UInt64.max) { min($0, $1.resendAt) }
    guard due > now else { return try resendDue(socket, now: now) }
    socket.wait(until: due, now: now)
    while let octets = try socket.receive() {
      if let outcome = read(octets, &refusal) { return outcome }
    }
    return nil
  }

  private func resendDue(_ socket: ForwardSocket, now: UInt64) throws(SystemError) -> DeliveryOutcome? {
    for (id, entry) in waiting where entry.resendAt <= now {
      guard entry.sendings <= settings.retries else {
        peer?.forget()
        return .unavailable(
          reason: "no response from \(receiver) after \(entry.sendings) attempts", isThrottled: true)
      }
      try resend(id, socket, now: now)
    }
    return nil
  }

  private func read(_ octets: [UInt8], _ refusal: inout ForwardRefusal?) -> DeliveryOutcome? {
    if let plain = AnswerPDU.readCommunityMessage(octets.span) {
      if waiting[plain.requestID]?.message.sealed == nil { settle(plain.requestID, plain, &refusal) }
      return nil
    }
    let reading = peer?.read(octets, now: SystemClock.monotonic()) { waiting[$0]?.message.sealed != nil }
    switch reading {
    case .answer(let id, let answer) where waiting[id]?.message.requestID == answer.requestID:
      settle(id, answer, &refusal)
    case .synchronized(let id): synchronize(id)
    case .refused(let reason): return .unavailable(reason: "\(receiver): \(reason)")
    case .ownEngine: return .refused(reason: "\(ForwardRefusal.ownEngine)")
    default: break
    }
    return nil
  }

  /// Of a batch in which one inform is refused the others' responses are waited for all the same.
  private func settle(_ id: Int32, _ answer: AnswerPDU, _ refusal: inout ForwardRefusal?) {
    guard !answer.isReport, let entry = waiting.removeValue(forKey: id) else { return }
    note(entry.message.sequence, errorStatus: answer.errorStatus)
    if answer.errorStatus != 0 { refusal = .errorStatus(answer.errorStatus) }
  }

  private func synchronize(_ id: Int32) {
    guard var entry = waiting[id], entry.synchronizations < ForwardWaiting.synchronizationsMax else { return }
    entry.synchronizations += 1
    entry.sendings -= 1
    entry.resendAt = 0
    waiting[id] = entry
  }
}
