internal import Glibc
internal import TrapBatching
internal import TrapDispatch

/// Sends batches, one at a time, and waits for what answers their informs. One thread's own.
internal final class ForwardSender {
  private static let answeredMax = 65_536

  let settings: ForwardEngineSettings
  let peer: ForwardPeer?
  private let wake: CInt
  private var composer: ForwardComposer
  /// Opened when it is needed: at the start there may be no network yet.
  private var opened: ForwardSocket?
  private var lastMessageID: Int32
  /// Informs under way, by what their responses are known by.
  var waiting: [Int32: ForwardWaiting] = [:]
  /// The error-status of informs that were answered, by sequence number, of batches that are not acknowledged yet, and 0 of
  /// traps that were sent though others of their batch could not be: these are not sent again.
  private var answered: [UInt64: Int32] = [:]

  init(_ settings: ForwardEngineSettings, seed: UInt64, wake: CInt) {
    self.settings = settings
    self.wake = wake
    // Several engines may have one seed.
    var hasher = Hasher()
    hasher.combine(seed)
    hasher.combine(settings.name)
    let start = UInt64(truncatingIfNeeded: hasher.finalize())
    lastMessageID = Int32(truncatingIfNeeded: start & 0x3FFF_FFFF)
    composer = ForwardComposer(settings)
    peer = settings.user.map { ForwardPeer(settings, user: $0, salt: start) }
  }

  var receiver: String { "\(settings.address) port \(settings.port)" }

  /// Everything is written before anything is sent, so that of a batch with a trap that cannot be sent on nothing leaves.
  /// Handed over again, traps are sent again, but where they did not wait for others; informs that were answered are not.
  func deliver(_ batch: DeliveryBatch, isStopping: () -> Bool) -> DeliveryOutcome {
    let outcome: DeliveryOutcome
    do throws(ForwardRefusal) {
      outcome = send(try compose(batch), isStopping: isStopping)
    } catch {
      outcome = .refused(reason: "\(error)")
    }
    forgetAnswers(of: batch, outcome)
    return outcome
  }

  private func compose(_ batch: DeliveryBatch) throws(ForwardRefusal) -> [ForwardMessage] {
    var messages: [ForwardMessage] = []
    messages.reserveCapacity(batch.count)
    let now = SystemClock.monotonic()
    try batch.forEachTrap { trap, octets throws(ForwardRefusal) in
      if !answered.isEmpty, let status = answered[trap.sequence] {
        guard status == 0 else { throw .errorStatus(status) }
        return
      }
      messages.append(try composer.compose(trap, octets, now: now))
    }
    return messages
  }

  private func send(_ messages: [ForwardMessage], isStopping: () -> Bool) -> DeliveryOutcome {
    do throws(SystemError) {
      let hindrance = try prepare(for: messages, isStopping: isStopping)
      guard let outcome = hindrance.outcome else { return try sendAll(messages, isStopping: isStopping) }
      return try sendUnhindered(hindrance.unhindered(messages), isStopping: isStopping) ?? outcome
    } catch {
      // ECONNREFUSED is a former datagram's: this one, and those before it, are sent again.
      if error.number != ECONNREFUSED { opened = nil }
      if error.number == EMSGSIZE { return .refused(reason: "one message is too large for a datagram") }
      return .unavailable(reason: "\(receiver): \(error)")
    }
  }

  /// Those that cannot be sealed keep the others of their batch from nothing: what is sent of it now, traps included, is
  /// not sent again with them. An outcome: not all of these could be sent either.
  private func sendUnhindered(
    _ messages: [ForwardMessage], isStopping: () -> Bool
  ) throws(SystemError) -> DeliveryOutcome? {
    guard !messages.isEmpty else { return nil }
    let outcome = try sendAll(messages, isStopping: isStopping)
    guard case .acknowledged = outcome else { return outcome }
    for message in messages where message.requestID == nil { note(message.sequence, errorStatus: 0) }
    return nil
  }

  // MARK: - Answers

  /// error-status 0: the receiver has it.
  func note(_ sequence: UInt64, errorStatus: Int32) {
    // Beyond the bound are those of batches that ended elsewhere, with the engine's limit.
    if answered.count >= Self.answeredMax { answered.removeAll() }
    answered[sequence] = errorStatus
  }

  /// A refused batch of more than one comes again in halves.
  private func forgetAnswers(of batch: DeliveryBatch, _ outcome: DeliveryOutcome) {
    guard !answered.isEmpty else { return }
    switch outcome {
    case .acknowledged: break
    case .refused where batch.count == 1: break
    default: return
    }
    batch.forEachTrap { trap, _ in answered[trap.sequence] = nil }
  }

  // MARK: - The socket

  func socket() throws(SystemError) -> ForwardSocket {
    if let opened { return opened }
    let new = try ForwardSocket(settings.address, port: settings.port)
    opened = new
    return new
  }

  func reopen() { opened = nil }

  /// Waits for the next batch.
  func idle() {
    var list = [pollfd(fd: wake, events: Int16(POLLIN), revents: 0)]
    Poll.wait(&list, milliseconds: Int(LoopBeat.idleWaitMax / 1_000_000))
  }

  func nextMessageID() -> Int32 {
    lastMessageID = lastMessageID == .max ? 1 : lastMessageID + 1
    return lastMessageID
  }
}
