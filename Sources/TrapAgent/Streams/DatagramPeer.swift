internal import TrapBatching

/// A peer of a DTLS listener, whose messages are one a record (RFC 6353 §5.1.2). Net-SNMP's thread alone.
internal final class DatagramPeer: StreamPeer {
  internal private(set) var isReady = false
  internal private(set) var lastHeard: UInt64
  internal var pinned: Int { 0 }

  private let session: TLSSession
  private unowned let door: DatagramDoor
  private unowned let port: StreamPort
  private let route: DatagramRoute
  private let ends: StreamEnds
  private var name: [UInt8] = []

  internal init(
    _ session: TLSSession, _ door: DatagramDoor, _ port: StreamPort, _ route: DatagramRoute, _ ends: StreamEnds,
    now: UInt64
  ) {
    self.session = session
    self.door = door
    self.port = port
    self.route = route
    self.ends = ends
    lastHeard = now
  }

  internal func take(_ datagram: ArraySlice<UInt8>, now: UInt64) {
    session.feed(datagram)
    proceed(now: now)
  }

  /// Goes on with the handshake, or reads.
  internal func proceed(now: UInt64) {
    defer { door.send(from: session, to: route) }
    if !isReady {
      switch session.handshake() {
      case .done:
        isReady = true
        name = session.peerName
        lastHeard = now
      case .wantsMore: return
      case .failed:
        port.failHandshake(ends, session.reason)
        port.leave(self, ends)
        return
      }
    }
    read(now: now)
  }

  private func read(now: UInt64) {
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      switch session.read(into: &buffer) {
      case .octets(let count):
        lastHeard = now
        let facts = port.facts(ends, interface: route.interface)
        port.deliver(buffer.span.extracting(0..<count), facts, name: name)
      case .nothing: return
      case .closed, .failed: return close()
      }
    }
  }

  internal func send(_ message: [UInt8]) -> Bool {
    defer { door.send(from: session, to: route) }
    return session.write(message)
  }

  internal func close() {
    session.close()
    door.send(from: session, to: route)
    port.leave(self, ends)
  }

  internal func tick() {
    guard !isReady else { return }
    if !session.timer() {
      port.failHandshake(ends, "the peer answers no more")
      port.leave(self, ends)
    }
    door.send(from: session, to: route)
  }
}
