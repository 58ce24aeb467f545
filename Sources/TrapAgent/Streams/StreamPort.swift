internal import Glibc
internal import Logging
internal import SNMPWire
internal import TrapBatching

/// A stream listener's sockets and peers, within its limits. Net-SNMP's thread alone.
internal final class StreamPort {
  internal let listener: StreamListener
  internal private(set) var tls: TLSContext?
  internal unowned let hub: StreamHub
  private let log: Logger
  private var throttle = LogThrottle()
  private var doors: [any StreamDoor] = []
  private var peers: [StreamEnds: any StreamPeer] = [:]
  private var peersBySource: [SourceAddress: Int] = [:]
  /// In order of their begin; some of them may have come to an end.
  private var handshaking: [StreamEnds] = []
  private var pinned = 0

  private init(_ listener: StreamListener, tls: TLSContext?, hub: StreamHub, log: Logger) {
    self.listener = listener
    self.tls = tls
    self.hub = hub
    self.log = log
  }

  internal static func open(_ listener: StreamListener, hub: StreamHub, log: Logger) throws(AgentError) -> StreamPort {
    let settings = listener.settings
    let isDatagram = settings.address.transport == .dtlsudp
    let port = StreamPort(listener, tls: try context(settings), hub: hub, log: log)
    for socket in settings.address.sockets {
      guard let transport = NetSNMPTransport.server(socket) else {
        let reason = errno == 0 ? "Net-SNMP cannot open it" : unsafe String(cString: strerror(errno))
        port.closeAll()
        throw .listenerUnusable(listener: settings.name, address: "\(settings.address)", reason: reason)
      }
      guard let door: any StreamDoor = isDatagram ? DatagramDoor(transport, port) : ConnectionDoor(transport, port)
      else {
        port.closeAll()
        throw .listenerUnusable(listener: settings.name, address: "\(settings.address)", reason: "no memory")
      }
      port.doors.append(door)
    }
    return port
  }

  /// nil where the transport has none.
  private static func context(_ settings: StreamSettings) throws(AgentError) -> TLSContext? {
    guard settings.address.transport != .tcp else { return nil }
    guard let identity = settings.identity else {
      throw .identityUnusable(listener: settings.name, reason: "no certificate is configured")
    }
    do throws(TLSContext.Unusable) {
      return try TLSContext.make(identity, isDatagram: settings.address.transport == .dtlsudp)
    } catch {
      throw .identityUnusable(listener: settings.name, reason: error.reason)
    }
  }

  /// Reads the files of the certificate again: handshakes that begin from now on go by them. Sessions that are there keep
  /// what they began with. On an error nothing has changed.
  internal func renew() throws(AgentError) {
    guard let new = try StreamPort.context(listener.settings) else { return }
    tls = new
    for door in doors { door.renew(new) }
  }

  internal func closeAll() {
    for peer in peers.values { peer.close() }
    for door in doors { door.close() }
    doors = []
  }

  internal func sweep(now: UInt64) {
    let limits = listener.settings.limits
    for (ends, peer) in peers {
      peer.tick()
      let silence = now &- min(peer.lastHeard, now)
      if !peer.isReady, silence > limits.handshake {
        failHandshake(ends, "no handshake within \(limits.handshake / 1_000_000_000) s")
        peer.close()
      } else if peer.isReady, silence > limits.idle {
        listener.counters.add(.idleClosed)
        peer.close()
      }
    }
    for door in doors { door.tick() }
  }
}

extension StreamPort {
  internal func peer(_ ends: StreamEnds) -> (any StreamPeer)? { peers[ends] }

  /// Whether there is room for one more peer; counted where not.
  internal func admits(_ ends: StreamEnds) -> Bool {
    let limits = listener.settings.limits
    if peers.count >= limits.connections {
      listener.counters.add(.refusedByLimit)
      listener.tell()
      warn(ends, "refused: the listener has \(limits.connections) connections")
      return false
    }
    if peersBySource[ends.source, default: 0] >= limits.connectionsPerSource {
      listener.counters.add(.refusedBySourceLimit)
      listener.tell()
      warn(ends, "refused: it has \(limits.connectionsPerSource) connections")
      return false
    }
    return true
  }

  internal func enrol(_ peer: any StreamPeer, _ ends: StreamEnds) {
    // A connection that was reset may be followed by another of the same port before its end was seen.
    peers[ends]?.close()
    peers[ends] = peer
    peersBySource[ends.source, default: 0] += 1
    listener.counters.add(.accepted)
    listener.counters.set(.open, to: peers.count)
    listener.tell()
    if !peer.isReady { limitHandshakes(with: ends) }
  }

  private func limitHandshakes(with newest: StreamEnds) {
    handshaking.append(newest)
    let most = listener.settings.limits.handshakes
    guard handshaking.count > most else { return }
    handshaking.removeAll { peers[$0]?.isReady ?? true }
    while handshaking.count > most {
      let oldest = handshaking.removeFirst()
      failHandshake(oldest, "it made room for a newer one")
      peers[oldest]?.close()
    }
  }

  internal func leave(_ peer: any StreamPeer, _ ends: StreamEnds) {
    guard peers[ends] === peer else { return }
    peers[ends] = nil
    let left = peersBySource[ends.source, default: 1] - 1
    peersBySource[ends.source] = left > 0 ? left : nil
    listener.counters.set(.open, to: peers.count)
    listener.tell()
  }

  /// A peer pins `difference` octets more. False where that is over the listener's bound.
  internal func pin(_ difference: Int) -> Bool {
    guard difference != 0 else { return true }
    pinned += difference
    listener.counters.set(.buffered, to: pinned)
    return difference < 0 || pinned <= listener.settings.limits.buffered
  }

  internal func send(_ answer: Answer) {
    let ends = StreamEnds(source: answer.facts.source, port: answer.facts.port, local: answer.facts.local)
    let octets = tls == nil ? answer.octets : TSMEnvelope.transported(answer.octets)
    let isSent = peers[ends].map { $0.isReady && $0.send(octets) } ?? false
    listener.counters.add(isSent ? .answersSent : .answersDropped)
  }

  /// Hands a message on. `name` is the security name of a peer whom TLS or DTLS knows.
  internal func deliver(_ message: Span<UInt8>, _ facts: ArrivalFacts, name: [UInt8]?) {
    listener.counters.add(.messages)
    listener.counters.add(.octets, UInt64(message.count))
    if let name, let normalized = TSMEnvelope.normalized(message, securityName: name) {
      listener.deliver(facts, normalized.span, true)
    } else {
      // Of another security model, or none: it is judged as it would be without TLS.
      listener.deliver(facts, message, false)
    }
  }

  internal func facts(_ ends: StreamEnds, interface: UInt32 = 0) -> ArrivalFacts {
    ArrivalFacts(
      received: SystemClock.wall(), source: ends.source, local: ends.local, interface: interface, port: ends.port,
      listener: listener.settings.number)
  }

  internal func failHandshake(_ ends: StreamEnds, _ reason: String) {
    listener.counters.add(.failedHandshakes)
    listener.tell()
    listener.counters.note("\(ends.peer): \(reason)")
    warn(ends, "handshake failed: \(reason)")
  }

  internal func refuse(_ ends: StreamEnds, _ reason: String) {
    listener.counters.add(.malformed)
    listener.counters.note("\(ends.peer): \(reason)")
    listener.refuse(facts(ends))
    warn(ends, "connection closed: \(reason)")
  }

  /// A connection waits that the system has no descriptor for.
  internal func lackDescriptors() {
    let reason = unsafe String(cString: strerror(EMFILE))
    listener.counters.note(reason)
    guard case .write = throttle.decide(now: SystemClock.monotonic() / 1_000_000_000) else { return }
    log.error("listener \(listener.settings.name): connections wait: \(reason)")
  }

  internal func overrun(_ ends: StreamEnds) {
    listener.counters.add(.overBuffer)
    listener.counters.note("\(ends.peer): no room for its unfinished message")
    warn(ends, "connection closed: the listener's unfinished messages take all their room")
  }

  private func warn(_ ends: StreamEnds, _ text: String) {
    guard case .write(let suppressed) = throttle.decide(now: SystemClock.monotonic() / 1_000_000_000) else { return }
    let suffix = suppressed == 0 ? "" : " (\(suppressed) lines before it were left out)"
    log.warning("listener \(listener.settings.name): \(ends.peer): \(text)\(suffix)")
  }
}
