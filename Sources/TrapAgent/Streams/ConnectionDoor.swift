internal import Glibc

/// A listening TCP socket.
internal final class ConnectionDoor: StreamDoor {
  /// Connections taken in a turn.
  private static let acceptsMax = 32

  private let transport: NetSNMPTransport
  private unowned let port: StreamPort
  private var token: UInt64?
  /// Connections wait, and there is no descriptor for them: the socket is left alone until the next tick, for it would
  /// be ready all the time.
  private var isExhausted = false

  internal init?(_ transport: NetSNMPTransport, _ port: StreamPort) {
    self.transport = transport
    self.port = port
    token = port.hub.add(transport.descriptor, self)
    guard token != nil else { return nil }
  }

  internal func close() {
    if let token { port.hub.remove(transport.descriptor, token: token) }
    token = nil
  }

  /// Each connection makes a session of the port's.
  internal func renew(_ context: TLSContext) {}

  internal func tick() {
    guard isExhausted, let token else { return }
    isExhausted = false
    port.hub.setWantsInput(true, transport.descriptor, token: token)
  }

  internal func handle(now: UInt64) -> Bool {
    for _ in 0..<Self.acceptsMax {
      guard let connection = transport.accept() else {
        if errno == EMFILE || errno == ENFILE { exhaust() }
        break
      }
      // Without ends it is gone already.
      guard let ends = connection.ends, port.admits(ends) else { continue }
      StreamConnection(connection, port, ends, now: now)?.begin()
    }
    return false
  }

  private func exhaust() {
    guard let token else { return }
    isExhausted = true
    port.hub.setWantsInput(false, transport.descriptor, token: token)
    port.lackDescriptors()
  }
}
