internal import CNetSNMP
internal import Glibc
internal import TrapBatching

/// One of Net-SNMP's transports: a listening socket, a connection, or a UDP socket. Nothing here waits.
/// Net-SNMP's thread alone.
@safe internal final class NetSNMPTransport {
  internal enum Reading: Equatable { case octets(Int), ended, nothing, failed }

  private let transport: UnsafeMutablePointer<netsnmp_transport>

  private init(_ transport: UnsafeMutablePointer<netsnmp_transport>) {
    unsafe self.transport = unsafe transport
    let descriptor = unsafe transport.pointee.sock
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit {
    unsafe _ = transport.pointee.f_close(transport)
    unsafe netsnmp_transport_free(transport)
  }

  internal var descriptor: CInt { unsafe transport.pointee.sock }

  /// Opens what Net-SNMP names so; nil with the reason in `errno`, 0 where it does not know the address.
  internal static func server(_ address: String) -> NetSNMPTransport? {
    errno = 0
    guard let transport = unsafe netsnmp_transport_open_server("snmp", address) else { return nil }
    // The library lets five connections wait.
    if unsafe transport.pointee.f_accept != nil { _ = listen(unsafe transport.pointee.sock, 128) }
    return unsafe NetSNMPTransport(transport)
  }

  /// The next connection that waits; nil where none does.
  internal func accept() -> NetSNMPTransport? {
    let descriptor = unsafe transport.pointee.f_accept(transport)
    guard descriptor >= 0 else { return nil }
    guard let copy = unsafe netsnmp_transport_copy(transport) else {
      _ = Glibc.close(descriptor)
      return nil
    }
    unsafe copy.pointee.sock = descriptor
    unsafe copy.pointee.flags &= ~UInt32(NETSNMP_TRANSPORT_FLAG_LISTEN)
    return unsafe NetSNMPTransport(copy)
  }

  internal func receive(into buffer: inout [UInt8]) -> Reading {
    let count = unsafe transport.pointee.f_recv(transport, &buffer, CInt(buffer.count), nil, nil)
    return Self.reading(count)
  }

  /// A datagram with its addresses, as `send(_:to:)` wants them.
  internal func receive(into buffer: inout [UInt8], from route: inout DatagramRoute) -> Reading {
    var opaque: UnsafeMutableRawPointer?
    var length: CInt = 0
    let count = unsafe transport.pointee.f_recv(transport, &buffer, CInt(buffer.count), &opaque, &length)
    defer { unsafe free(opaque) }
    let reading = Self.reading(count)
    guard case .octets = reading, let opaque = unsafe opaque else { return reading == .ended ? .nothing : reading }
    unsafe route = DatagramRoute(UnsafeRawBufferPointer(start: opaque, count: Int(length)))
    return reading
  }

  /// Octets that the socket took; -1 where the connection is broken.
  internal func send(_ octets: ArraySlice<UInt8>) -> Int {
    let count = unsafe octets.withUnsafeBufferPointer {
      unsafe transport.pointee.f_send(transport, $0.baseAddress, CInt($0.count), nil, nil)
    }
    if count >= 0 { return Int(count) }
    return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -1
  }

  /// Sends a datagram from the address that the peer's came to. UDP: what does not go is lost.
  internal func send(_ octets: ArraySlice<UInt8>, to route: DatagramRoute) {
    var pair = route.pair
    unsafe octets.withUnsafeBufferPointer { datagram in
      unsafe pair.withUnsafeMutableBytes { bytes in
        var opaque = bytes.baseAddress
        var length = CInt(bytes.count)
        unsafe _ = transport.pointee.f_send(transport, datagram.baseAddress, CInt(datagram.count), &opaque, &length)
      }
    }
  }

  /// The connection's two ends.
  internal var ends: StreamEnds? {
    var ends = tl_ends()
    guard unsafe tl_connection_ends(descriptor, &ends) == 1 else { return nil }
    return StreamEnds(ends)
  }

  private static func reading(_ count: CInt) -> Reading {
    if count > 0 { return .octets(Int(count)) }
    if count == 0 { return .ended }
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? .nothing : .failed
  }
}
