internal import CTrapSystem
internal import TrapBatching

/// A UDP socket for DTLS. A peer is kept only after it has sent our cookie back, so that forged sources cost nothing.
internal final class DatagramDoor: StreamDoor {
  /// Datagrams read in a turn.
  private static let datagramsMax = 64
  /// A record header and the beginning of a handshake message (RFC 6347 §4.1, §4.2.2).
  private static let helloMin = 25
  /// Octets asked of the kernel, where what comes waits for its turn: Net-SNMP leaves the socket with the system's few.
  private static let receiveBuffer: CInt = 4 << 20

  private let transport: NetSNMPTransport
  private unowned let port: StreamPort
  private var context: TLSContext
  private var listening: TLSSession
  private var token: UInt64?
  /// The socket's drops, as far as they are counted; wraps.
  private var drops: UInt32 = 0
  private var buffer = [UInt8](repeating: 0, count: 65_535)

  internal init?(_ transport: NetSNMPTransport, _ port: StreamPort) {
    guard let context = port.tls, let session = context.session() else { return nil }
    self.transport = transport
    self.port = port
    self.context = context
    listening = session
    token = port.hub.add(transport.descriptor, self)
    guard token != nil else { return nil }
    // Without the privilege the system's own bound holds.
    if trap_set_receive_buffer(transport.descriptor, Self.receiveBuffer, 1) != 0 {
      _ = trap_set_receive_buffer(transport.descriptor, Self.receiveBuffer, 0)
    }
  }

  internal func close() {
    tick()
    if let token { port.hub.remove(transport.descriptor, token: token) }
    token = nil
  }

  internal func tick() {
    var now: UInt32 = 0
    guard token != nil, unsafe trap_socket_drops(transport.descriptor, &now) == 0, now != drops else { return }
    port.listener.countDrops(UInt64(now &- drops))
    drops = now
  }

  /// A cookie that is on its way fits no more: its peer greets again.
  internal func renew(_ context: TLSContext) {
    guard let session = context.session() else { return }
    self.context = context
    listening = session
  }

  internal func handle(now: UInt64) -> Bool {
    for _ in 0..<Self.datagramsMax {
      var route = DatagramRoute.none
      guard case .octets(let count) = transport.receive(into: &buffer, from: &route) else { return false }
      guard let ends = route.ends else { continue }
      let known = port.peer(ends)
      // A device that came back by the same port greets anew.
      if let peer = known as? DatagramPeer, !(peer.isReady && isHello(count)) {
        peer.take(buffer[..<count], now: now)
      } else if isHello(count) {
        greet(count, route, ends, replacing: known, now: now)
      }
    }
    return false
  }

  private func isHello(_ count: Int) -> Bool {
    count >= Self.helloMin && buffer[0] == 22 && buffer[3] == 0 && buffer[4] == 0 && buffer[13] == 1
  }

  private func greet(
    _ count: Int, _ route: DatagramRoute, _ ends: StreamEnds, replacing known: (any StreamPeer)?, now: UInt64
  ) {
    listening.bind(to: ends.octets)
    listening.feed(buffer[..<count])
    guard listening.listen() else { return send(from: listening, to: route) }
    let session = listening
    // Without memory for another the old one cannot listen any more: the socket is silent until there is.
    guard let next = context.session() else { return }
    listening = next
    known?.close()
    guard port.admits(ends) else { return }
    let peer = DatagramPeer(session, self, port, route, ends, now: now)
    port.enrol(peer, ends)
    peer.proceed(now: now)
  }

  internal func send(from session: TLSSession, to route: DatagramRoute) {
    var datagram = [UInt8](repeating: 0, count: 17 * 1024)
    while let octets = session.output(using: &datagram) { transport.send(octets, to: route) }
  }
}
