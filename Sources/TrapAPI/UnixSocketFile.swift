internal import Glibc

/// The file of a Unix socket: whether somebody serves it, and who may connect.
internal enum UnixSocketFile {
  enum Occupant {
    case nobody
    /// Left behind by a process that has ended.
    case stale
    case live
    case anotherFile
  }

  static func occupant(_ path: String) -> Occupant {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return .nobody }
    guard status.st_mode & S_IFMT == S_IFSOCK else { return .anotherFile }
    return isServed(path) ? .live : .stale
  }

  /// Only a refusal says that nobody listens: a full backlog, or a socket not for us to open, is somebody's.
  private static func isServed(_ path: String) -> Bool {
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard socket >= 0 else { return true }
    defer { _ = close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let octets = Array(path.utf8)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in
      precondition(octets.count < place.count, "a socket path of \(octets.count) octets")
      unsafe place.copyBytes(from: octets)
    }
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe connect(socket, address, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    return result == 0 || errno != ECONNREFUSED
  }

  /// Owner and group may connect. False where the mode cannot be set.
  static func restrict(_ path: String) -> Bool { unsafe chmod(path, 0o660) == 0 }

  static func remove(_ path: String) {
    // The path may be gone already; nothing is left to do then.
    _ = unsafe unlink(path)
  }
}
