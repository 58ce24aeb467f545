internal import Glibc

/// Where results go, octet for octet and without a buffer of its own: what is written has left the process.
enum StandardOutput {
  enum Failure: Error, CustomStringConvertible {
    /// The reader has gone, as `head` does when it has enough.
    case closed
    case failed(CInt)

    var description: String {
      switch self {
      case .closed: "the reader of the output has gone"
      case .failed(let code): unsafe "standard output: \(String(cString: strerror(code)))"
      }
    }
  }

  static var isTerminal: Bool { isatty(1) == 1 }

  /// Whether nobody will read what is written next; known without writing.
  static var isReaderGone: Bool {
    var reader = pollfd(fd: 1, events: 0, revents: 0)
    return unsafe poll(&reader, 1, 0) > 0 && reader.revents & Int16(POLLERR) != 0
  }

  /// Returns when all is written. `SIGPIPE` must be ignored for `.closed` to be told.
  static func write(_ octets: [UInt8]) throws(Failure) {
    var written = 0
    while written < octets.count {
      let count = unsafe octets.withUnsafeBytes { unsafe Glibc.write(1, $0.baseAddress! + written, $0.count - written) }
      if count > 0 {
        written += count
      } else if errno == EPIPE {
        throw .closed
      } else if errno == EAGAIN {
        var room = pollfd(fd: 1, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&room, 1, 1000)
      } else if errno != EINTR {
        throw .failed(errno)
      }
    }
  }
}
