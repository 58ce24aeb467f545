internal import TrapBatching
internal import TrapDispatch

extension ForwardSender {
  /// Finds out what is to be known before SNMPv3 messages can be sealed, and says why some cannot.
  func prepare(
    for messages: [ForwardMessage], isStopping: () -> Bool
  ) throws(SystemError) -> ForwardHindrance {
    var hindrance = ForwardHindrance()
    guard let peer else { return hindrance }
    if messages.contains(where: { $0.sealed != nil && $0.requestID != nil }) {
      hindrance.ofInforms =
        try discover(peer, isStopping: isStopping) ?? peer.problem(isInform: true).map { .unavailable(reason: $0) }
    }
    if messages.contains(where: { $0.sealed != nil && $0.requestID == nil }) {
      hindrance.ofTraps = peer.problem(isInform: false).map { .unavailable(reason: $0) }
    }
    return hindrance
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
          switch reading {
          case .refused(let reason): return .unavailable(reason: "\(receiver): \(reason)")
          case .ownEngine: return .refused(reason: "\(ForwardRefusal.ownEngine)")
          case .answer, .synchronized, .none: break
          }
        }
      }
    }
    guard !peer.isKnown else { return nil }
    return .unavailable(reason: "\(receiver) does not tell its engine ID; it may not take SNMPv3 informs")
  }
}
