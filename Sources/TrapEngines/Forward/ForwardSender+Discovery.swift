internal import TrapBatching
internal import TrapDispatch

extension ForwardSender {
  /// Finds out what is to be known before SNMPv3 messages can be sealed. An outcome: they cannot.
  func prepare(
    for messages: [ForwardMessage], isStopping: () -> Bool
  ) throws(SystemError) -> DeliveryOutcome? {
    guard let peer else { return nil }
    if messages.contains(where: { $0.sealed != nil && $0.requestID != nil }) {
      if let outcome = try discover(peer, isStopping: isStopping) { return outcome }
      if let problem = peer.problem(isInform: true) { return .unavailable(reason: problem) }
    }
    guard messages.contains(where: { $0.sealed != nil && $0.requestID == nil }) else { return nil }
    return peer.problem(isInform: false).map { .unavailable(reason: $0) }
  }

  /// nil once the receiver's engine is known.
  private func discover(_ peer: ForwardPeer, isStopping: () -> Bool) throws(SystemError) -> DeliveryOutcome? {
    let socket = try socket()
    for _ in 0...settings.retries where !peer.isKnown {
      let messageID = nextMessageID()
      try socket.send(peer.discovery(messageID: messageID))
      let deadline = SystemClock.monotonic() + settings.timeout
      while !peer.isKnown {
        if isStopping() { return .unavailable(reason: "it is being stopped") }
        let now = SystemClock.monotonic()
        guard now < deadline else { break }
        socket.wait(until: deadline, now: now)
        while !peer.isKnown, let octets = try socket.receive() {
          let reading = peer.read(octets, now: SystemClock.monotonic()) { $0 == messageID }
          if case .refused(let reason) = reading { return .unavailable(reason: "\(receiver): \(reason)") }
        }
      }
    }
    guard !peer.isKnown else { return nil }
    return .unavailable(reason: "\(receiver) does not tell its engine ID; it may not take SNMPv3 informs")
  }
}
