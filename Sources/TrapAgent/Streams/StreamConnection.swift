internal import TrapBatching

/// One TCP connection, with or without TLS. Net-SNMP's thread alone.
internal final class StreamConnection: StreamHandler, StreamPeer {
  /// Octets read from it, and messages handed on, in a turn, so that it takes no more than its share.
  private static let octetsMax = 64 * 1024
  private static let messagesMax = 64
  private static let readSize = 16 * 1024

  internal private(set) var isReady: Bool
  internal private(set) var lastHeard: UInt64
  internal private(set) var pinned = 0

  private let transport: NetSNMPTransport
  private let port: StreamPort
  private let ends: StreamEnds
  private let tls: TLSSession?
  /// Where TLS knows who it is.
  private var name: [UInt8]?
  private var token: UInt64?
  /// What has come and is no whole message yet.
  private var inbound: [UInt8] = []
  /// What the socket has not taken yet.
  private var outbound: [UInt8] = []

  internal init?(_ transport: NetSNMPTransport, _ port: StreamPort, _ ends: StreamEnds, now: UInt64) {
    if let context = port.tls {
      guard let session = context.session() else { return nil }
      tls = session
    } else {
      tls = nil
    }
    self.transport = transport
    self.port = port
    self.ends = ends
    isReady = port.tls == nil
    lastHeard = now
  }

  internal func begin() {
    guard let token = port.hub.add(transport.descriptor, self) else { return }
    self.token = token
    port.enrol(self, ends)
  }

  internal func handle(now: UInt64) -> Bool {
    guard flush() else {
      drop()
      return false
    }
    var buffer = [UInt8](repeating: 0, count: Self.readSize)
    var messages = 0
    var octets = 0
    // What is left of the last turn goes first.
    guard cutMessages(&messages, now: now) else { return false }
    while messages < Self.messagesMax, octets < Self.octetsMax {
      switch transport.receive(into: &buffer) {
      case .octets(let count):
        octets += count
        guard take(buffer[..<count]), cutMessages(&messages, now: now) else { return false }
      case .nothing: return settle() && messages == Self.messagesMax
      case .ended, .failed:
        end()
        return false
      }
    }
    return settle() && messages == Self.messagesMax
  }

  internal func send(_ message: [UInt8]) -> Bool {
    guard token != nil, outbound.count + message.count <= port.listener.settings.limits.unsent else { return false }
    if let tls {
      guard tls.write(message) else { return false }
      collect(tls)
    } else {
      outbound += message
    }
    guard flush(), settle() else {
      drop()
      return false
    }
    return true
  }

  internal func close() {
    guard token != nil else { return }
    if isReady { finish("it was closed") }
    if let tls {
      tls.close()
      collect(tls)
      _ = flush()
    }
    drop()
  }

  internal func tick() {}
}

extension StreamConnection {
  /// Octets as they came. False where that ended the connection.
  private func take(_ octets: ArraySlice<UInt8>) -> Bool {
    guard let tls else {
      inbound += octets
      return true
    }
    tls.feed(octets)
    if !isReady {
      switch tls.handshake() {
      case .done:
        isReady = true
        name = tls.peerName
      case .wantsMore:
        collect(tls)
        return flush() || drop()
      case .failed:
        port.failHandshake(ends, tls.reason)
        collect(tls)
        _ = flush()
        return drop()
      }
    }
    return read(tls)
  }

  private func read(_ tls: TLSSession) -> Bool {
    var buffer = [UInt8](repeating: 0, count: Self.readSize)
    while true {
      switch tls.read(into: &buffer) {
      case .octets(let count): inbound += buffer[..<count]
      case .nothing:
        collect(tls)
        return flush() || drop()
      case .closed:
        end()
        return false
      case .failed:
        _ = handOn(most: .max, now: lastHeard)
        port.refuse(ends, "TLS: \(tls.reason)")
        return drop()
      }
    }
  }

  /// Hands on the whole messages, up to this turn's bound. False where that ended the connection.
  private func cutMessages(_ messages: inout Int, now: UInt64) -> Bool {
    let (count, problem) = handOn(most: Self.messagesMax - messages, now: now)
    messages += count
    guard let problem else { return true }
    port.refuse(ends, problem)
    return drop()
  }

  /// How many it handed on, and what is wrong with what comes next.
  private func handOn(most: Int, now: UInt64) -> (count: Int, problem: String?) {
    var offset = 0
    var messages = 0
    var problem: String?
    cutting: while messages < most {
      switch MessageFraming.judge(inbound, at: offset) {
      case .incomplete: break cutting
      case .malformed(let reason):
        problem = reason
        break cutting
      case .message(let size):
        guard offset + size <= inbound.count else { break cutting }
        messages += 1
        lastHeard = now
        port.deliver(inbound.span.extracting(offset..<(offset + size)), port.facts(ends), name: name)
        offset += size
      }
    }
    if offset == inbound.count {
      if inbound.capacity > 4096 { inbound = [] } else { inbound.removeAll(keepingCapacity: true) }
    } else if offset > 0 {
      inbound.removeFirst(offset)
    }
    return (messages, problem)
  }

  /// The peer ended it.
  private func end() {
    if !isReady {
      port.failHandshake(ends, "the peer closed the connection")
    } else {
      finish("it ended")
    }
    drop()
  }

  /// No more comes: whole messages that waited for their turn go on, and what is left unfinished was a message, too.
  private func finish(_ how: String) {
    let problem = handOn(most: .max, now: lastHeard).problem
    guard !inbound.isEmpty else { return }
    port.refuse(ends, problem ?? "\(how) within a message, after \(inbound.count) octets")
  }

  /// Accounts for what the connection pins now. False where that ended it.
  private func settle() -> Bool {
    guard token != nil else { return false }
    let now = inbound.capacity + outbound.capacity
    let isWithin = port.pin(now - pinned)
    pinned = now
    guard isWithin else {
      _ = handOn(most: .max, now: lastHeard)
      port.overrun(ends)
      return drop()
    }
    return true
  }

  private func collect(_ tls: TLSSession) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while let octets = tls.output(using: &buffer) { outbound += octets }
  }

  /// Sends what the socket takes. False where it is broken.
  private func flush() -> Bool {
    guard let token, !outbound.isEmpty else { return token != nil }
    let sent = transport.send(outbound[...])
    guard sent >= 0 else { return false }
    if sent == outbound.count { outbound = [] } else { outbound.removeFirst(sent) }
    port.hub.setWantsOutput(!outbound.isEmpty, transport.descriptor, token: token)
    return true
  }

  /// Always false, as the answer to whether the connection goes on.
  @discardableResult
  private func drop() -> Bool {
    guard let token else { return false }
    port.hub.remove(transport.descriptor, token: token)
    self.token = nil
    _ = port.pin(-pinned)
    pinned = 0
    port.leave(self, ends)
    return false
  }
}
