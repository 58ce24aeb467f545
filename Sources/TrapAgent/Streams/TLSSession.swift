internal import CTrapTLS

/// One peer's TLS or DTLS: octets go in and out by calls, nothing waits. One thread's own.
@safe internal final class TLSSession {
  internal enum Progress: Equatable { case done, wantsMore, failed }
  internal enum Reading: Equatable { case octets(Int), nothing, closed, failed }

  private let session: OpaquePointer
  private let context: TLSContext

  internal init(_ session: OpaquePointer, context: TLSContext) {
    unsafe self.session = unsafe session
    self.context = context
  }

  deinit { unsafe tl_tls_session_free(session) }

  /// What DTLS binds its cookie to: the peer's address and port.
  internal func bind(to peer: [UInt8]) { unsafe tl_tls_session_peer(session, peer, peer.count) }

  /// Octets from the peer: of DTLS one datagram.
  internal func feed(_ octets: ArraySlice<UInt8>) {
    unsafe octets.withUnsafeBufferPointer { unsafe _ = tl_tls_session_feed(session, $0.baseAddress, $0.count) }
  }

  /// DTLS, for a peer that is not known: whether it has shown that it is where it says. Keeps nothing until then.
  internal func listen() -> Bool { unsafe tl_tls_session_listen(session) == 1 }

  internal func handshake() -> Progress {
    switch unsafe tl_tls_session_handshake(session) {
    // Whom the judge was not asked about has no name, and is nobody.
    case 1: peerName.isEmpty ? .failed : .done
    case 0: .wantsMore
    default: .failed
    }
  }

  internal func read(into buffer: inout [UInt8]) -> Reading {
    let count = unsafe tl_tls_session_read(session, &buffer, CInt(buffer.count))
    switch count {
    case 1...: return .octets(Int(count))
    case 0: return .nothing
    case -1: return .closed
    default: return .failed
    }
  }

  internal func write(_ octets: [UInt8]) -> Bool {
    unsafe tl_tls_session_write(session, octets, CInt(octets.count)) == 1
  }

  internal func close() { unsafe tl_tls_session_close(session) }

  /// DTLS: false where the peer answers no more.
  internal func timer() -> Bool { unsafe tl_tls_session_timer(session) == 1 }

  /// Octets for the peer: of DTLS one datagram; nil where there are none.
  internal func output(using buffer: inout [UInt8]) -> ArraySlice<UInt8>? {
    let count = unsafe tl_tls_session_output(session, &buffer, buffer.count)
    return count == 0 ? nil : buffer[..<count]
  }

  internal var reason: String {
    var text = [CChar](repeating: 0, count: 200)
    unsafe tl_tls_session_reason(session, &text, text.count)
    return TLSContext.text(text)
  }

  /// The security name that its certificate gave.
  internal var peerName: [UInt8] {
    var name = [UInt8](repeating: 0, count: 32)
    let count = unsafe tl_tls_session_peer_name(session, &name, name.count)
    return Array(name.prefix(count))
  }
}
