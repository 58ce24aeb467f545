internal import Glibc
internal import TrapBatching

/// A connected UDP socket: only its peer's answers come in, and what the peer's machine refuses is told. One thread's own.
internal final class ForwardSocket {
  /// A wait is no longer than this, so that a stop is seen.
  private static let waitMax: UInt64 = 200_000_000

  private let descriptor: Descriptor
  private var room = [UInt8](repeating: 0, count: 65_535)

  init(_ address: SourceAddress, port: UInt16) throws(SystemError) {
    let kind = CInt(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let raw = socket(address.isIPv4 ? AF_INET : AF_INET6, kind, 0)
    guard raw >= 0 else { throw SystemError(errno) }
    descriptor = Descriptor(owning: raw)
    let failure =
      address.isIPv4
      ? ForwardSocket.connectIPv4(raw, address, port) : ForwardSocket.connectIPv6(raw, address, port)
    guard failure == 0 else { throw SystemError(failure) }
  }

  /// Waits for an answer. Monotonic nanoseconds.
  func wait(until moment: UInt64, now: UInt64) {
    guard moment > now else { return }
    var list = [pollfd(fd: descriptor.raw, events: Int16(POLLIN), revents: 0)]
    Poll.wait(&list, milliseconds: Int(min(moment - now, ForwardSocket.waitMax) / 1_000_000 + 1))
  }

  /// Throws what the kernel says: ECONNREFUSED where an earlier datagram found nobody.
  func send(_ octets: [UInt8]) throws(SystemError) {
    while true {
      let raw = descriptor.raw
      let count = unsafe octets.withUnsafeBytes { unsafe Glibc.send(raw, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
      if count >= 0 { return }
      switch errno {
      case EINTR: continue
      case EAGAIN where Poll.isWritable(raw, milliseconds: 1000): continue
      default: throw SystemError(errno)
      }
    }
  }

  /// One datagram; nil where none is there.
  func receive() throws(SystemError) -> [UInt8]? {
    let raw = descriptor.raw
    while true {
      let count = unsafe room.withUnsafeMutableBytes { unsafe recv(raw, $0.baseAddress, $0.count, 0) }
      if count >= 0 { return Array(room.prefix(count)) }
      if errno == EAGAIN { return nil }
      guard errno == EINTR else { throw SystemError(errno) }
    }
  }

  private static func connectIPv4(_ raw: CInt, _ address: SourceAddress, _ port: UInt16) -> CInt {
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = port.bigEndian
    name.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.low).bigEndian
    let result = unsafe withUnsafePointer(to: &name) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(raw, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return result == 0 ? 0 : errno
  }

  private static func connectIPv6(_ raw: CInt, _ address: SourceAddress, _ port: UInt16) -> CInt {
    var name = sockaddr_in6()
    name.sin6_family = sa_family_t(AF_INET6)
    name.sin6_port = port.bigEndian
    unsafe withUnsafeMutableBytes(of: &name.sin6_addr) { octets in
      for index in 0..<8 {
        unsafe octets[index] = UInt8(truncatingIfNeeded: address.high >> UInt64(56 - 8 * index))
        unsafe octets[index + 8] = UInt8(truncatingIfNeeded: address.low >> UInt64(56 - 8 * index))
      }
    }
    let result = unsafe withUnsafePointer(to: &name) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(raw, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
      }
    }
    return result == 0 ? 0 : errno
  }
}
