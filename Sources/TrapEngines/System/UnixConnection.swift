internal import Glibc

/// A connection of a Unix stream socket.
internal enum UnixConnection {
  /// Of what is unread the kernel holds at most twice this and one write more, its own overhead included: below 64 KiB.
  private static let sendBuffer: CInt = 20 << 10

  /// Connects without waiting, non-blocking and close-on-exec. Throws the `errno` of socket(2) or connect(2): EAGAIN
  /// where the listener's queue is full. The path has at most `ProgramLaunch.socketPathMax` octets.
  static func open(_ path: String) throws(SystemError) -> Descriptor {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let octets = Array(path.utf8)
    precondition(octets.count <= ProgramLaunch.socketPathMax, "a socket path of \(octets.count) octets")
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: octets) }
    let kind = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let raw = socket(AF_UNIX, kind, 0)
    guard raw >= 0 else { throw SystemError(errno) }
    let connection = Descriptor(owning: raw)
    var size = sendBuffer
    // A larger buffer works too: only more can be lost with the program.
    _ = unsafe setsockopt(raw, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<CInt>.size))
    while true {
      let result = unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe connect(raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      if result == 0 { return connection }
      guard errno == EINTR else { throw SystemError(errno) }
    }
  }

  /// Octets that stand unread at the other end, with the kernel's overhead: 0 where all is read, or it is gone.
  static func unread(_ connection: borrowing Descriptor) -> Int {
    var octets: CInt = 0
    return unsafe ioctl(connection.raw, UInt(TIOCOUTQ), &octets) == 0 ? Int(octets) : 0
  }

  /// The other end reads the end of the stream; it may still write.
  static func endWriting(_ connection: borrowing Descriptor) { _ = shutdown(connection.raw, CInt(SHUT_WR)) }
}
