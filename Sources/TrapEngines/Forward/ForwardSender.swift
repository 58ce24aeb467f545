internal import Glibc
internal import SNMPWire
internal import TrapBatching
internal import TrapDispatch
internal import TrapSecurity

/// Sends batches, one at a time, and waits for what answers their informs. One thread's own.
internal final class ForwardSender {
  private struct Waiting {
    let message: ForwardMessage
    let messageID: Int32
    var sendings = 0
    var resendAt: UInt64 = 0
  }

  private static let answeredMax = 65_536

  private let settings: ForwardEngineSettings
  private var socket: ForwardSocket
  private var composer: ForwardComposer
  private let peer: ForwardPeer?
  private let wake: CInt
  private var lastMessageID: Int32
  /// Sequence numbers of informs that were answered, of batches that are not acknowledged yet: these are not sent again.
  private var answered: Set<UInt64> = []

  init(_ settings: ForwardEngineSettings, seed: UInt64, wake: CInt) throws(SystemError) {
    self.settings = settings
    self.wake = wake
    socket = try ForwardSocket.open(settings.address, port: settings.port)
    lastMessageID = Int32(truncatingIfNeeded: seed & 0x3FFF_FFFF)
    composer = ForwardComposer(settings, firstRequestID: lastMessageID)
    peer = settings.user.map { ForwardPeer(settings, user: $0, salt: seed) }
  }

  /// All or nothing, but for what a receiver has answered: that is not sent twice.
  func deliver(_ batch: DeliveryBatch, isStopping: () -> Bool) -> DeliveryOutcome {
    var messages: [ForwardMessage] = []
    // Everything is written before anything is sent, so that a trap that can't be sent on holds up none.
    var refusal: ForwardRefusal?
    let now = SystemClock.monotonic()
    batch.forEachTrap { trap, octets in
      guard refusal == nil, !answered.contains(trap.sequence) else { return }
      do throws(ForwardRefusal) {
        messages.append(try composer.compose(trap, octets, now: now))
      } catch {
        refusal = error
      }
    }
    if let refusal { return .refused(reason: refusal.description) }
    if let outcome = send(messages, isStopping: isStopping) { return outcome }
    batch.forEachTrap { trap, _ in answered.remove(trap.sequence) }
    return .acknowledged
  }

  /// Waits for the next batch.
  func idle() {
    var list = [pollfd(fd: wake, events: Int16(POLLIN), revents: 0)]
    Poll.wait(&list, milliseconds: Int(LoopBeat.idleWaitMax / 1_000_000))
  }

  // MARK: - Sending

  /// nil where everything was sent, and answered.
  private func send(_ messages: [ForwardMessage], isStopping: () -> Bool) -> DeliveryOutcome? {
    do throws(SystemError) {
      if messages.contains(where: { $0.isSealed && $0.requestID != nil }),
        let outcome = try discover(isStopping: isStopping)
      {
        return outcome
      }
      return try sendAll(messages, isStopping: isStopping)
    } catch {
      // ECONNREFUSED is a former datagram's: this one, and those before it, are sent again.
      return .unavailable(reason: "\(settings.address) port \(settings.port): \(error)")
    }
  }

  private func sendAll(
    _ messages: [ForwardMessage], isStopping: () -> Bool
  ) throws(SystemError) -> DeliveryOutcome? {
    var waiting: [Int32: Waiting] = [:]
    for message in messages {
      guard let requestID = message.requestID else {
        try socket.send(octets(of: message, messageID: nextMessageID(), now: SystemClock.monotonic()))
        continue
      }
      let messageID = message.isSealed ? nextMessageID() : requestID
      // Two informs of one request ID cannot be told apart by their responses.
      while waiting.count >= settings.window || waiting[messageID] != nil {
        if let outcome = try take(&waiting, isStopping: isStopping) { return outcome }
      }
      waiting[messageID] = Waiting(message: message, messageID: messageID)
      try sendDue(&waiting)
    }
    while !waiting.isEmpty {
      if let outcome = try take(&waiting, isStopping: isStopping) { return outcome }
    }
    // What a port that nobody listens on answers comes a moment after the datagram.
    _ = try socket.receive()
    return nil
  }

  private func octets(of message: ForwardMessage, messageID: Int32, now: UInt64) -> [UInt8] {
    message.isSealed ? peer!.seal(message, messageID: messageID, now: now) : message.octets
  }

  private func sendDue(_ waiting: inout [Int32: Waiting]) throws(SystemError) {
    let now = SystemClock.monotonic()
    for (messageID, entry) in waiting where entry.resendAt <= now {
      try socket.send(octets(of: entry.message, messageID: messageID, now: now))
      waiting[messageID]!.sendings += 1
      waiting[messageID]!.resendAt = now + settings.timeout
    }
  }

  // MARK: - Answers

  /// Waits for answers, and sends again what had none in time. An outcome: the batch ends with it.
  private func take(
    _ waiting: inout [Int32: Waiting], isStopping: () -> Bool
  ) throws(SystemError) -> DeliveryOutcome? {
    if isStopping() { return .unavailable(reason: "it is being stopped while informs wait for their responses") }
    let now = SystemClock.monotonic()
    let due = waiting.values.map(\.resendAt).min() ?? now
    if due <= now {
      guard waiting.values.allSatisfy({ $0.resendAt > now || $0.sendings <= settings.retries }) else {
        return .unavailable(
          reason: "no response from \(settings.address) port \(settings.port) after \(settings.retries + 1) attempts",
          isThrottled: true)
      }
      try sendDue(&waiting)
      return nil
    }
    wait(until: due)
    while let octets = try socket.receive() {
      if let outcome = read(octets, &waiting) { return outcome }
    }
    return nil
  }

  private func read(_ octets: [UInt8], _ waiting: inout [Int32: Waiting]) -> DeliveryOutcome? {
    let messageID: Int32
    let answer: AnswerPDU
    if let plain = AnswerPDU.readCommunityMessage(octets.span) {
      (messageID, answer) = (plain.requestID, plain)
    } else {
      switch peer?.read(octets, now: SystemClock.monotonic()) {
      case .answer(let id, let found): (messageID, answer) = (id, found)
      case .synchronized:
        for id in waiting.keys { waiting[id]!.resendAt = 0 }
        return nil
      case .refused(let reason): return .unavailable(reason: reason)
      case .some(.none), nil: return nil
      }
    }
    guard let entry = waiting[messageID], !answer.isReport else { return nil }
    guard answer.errorStatus == 0 else {
      return .refused(reason: "its response has error-status \(answer.errorStatus)")
    }
    waiting[messageID] = nil
    // Beyond the bound are those of batches that ended elsewhere: as dead letters, or with the engine.
    if answered.count >= ForwardSender.answeredMax { answered.removeAll() }
    answered.insert(entry.message.sequence)
    return nil
  }

  // MARK: - The receiver's engine

  /// nil once the receiver's engine is known.
  private func discover(isStopping: () -> Bool) throws(SystemError) -> DeliveryOutcome? {
    for _ in 0...settings.retries {
      if peer!.isKnown { return nil }
      try socket.send(peer!.discovery(messageID: nextMessageID()))
      let deadline = SystemClock.monotonic() + settings.timeout
      while !peer!.isKnown, SystemClock.monotonic() < deadline {
        if isStopping() { return .unavailable(reason: "it is being stopped") }
        wait(until: deadline)
        while let octets = try socket.receive() { _ = peer!.read(octets, now: SystemClock.monotonic()) }
      }
    }
    return peer!.isKnown
      ? nil
      : .unavailable(
        reason: "\(settings.address) port \(settings.port) does not tell its engine ID; it may not take SNMPv3 informs")
  }

  private func wait(until moment: UInt64) {
    let now = SystemClock.monotonic()
    guard moment > now else { return }
    var list = [pollfd(fd: socket.raw, events: Int16(POLLIN), revents: 0)]
    // At most this long, so that a stop is seen.
    Poll.wait(&list, milliseconds: Int(min((moment - now) / 1_000_000 + 1, 200)))
  }

  private func nextMessageID() -> Int32 {
    lastMessageID = lastMessageID == .max ? 1 : lastMessageID + 1
    return lastMessageID
  }
}
