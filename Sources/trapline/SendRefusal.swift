internal import Glibc

/// Why the kernel took no message.
struct SendRefusal: Error, Hashable {
  let code: CInt

  /// The message can be sent again: the kernel has no room now, or reports what became of an earlier one.
  var isPassing: Bool { [ENOBUFS, EAGAIN, ECONNREFUSED, EINTR, ENOMEM].contains(code) }

  var name: String {
    switch code {
    case ENOBUFS: "ENOBUFS"
    case EAGAIN: "EAGAIN"
    case ECONNREFUSED: "ECONNREFUSED"
    case EINTR: "EINTR"
    case ENOMEM: "ENOMEM"
    default: unsafe String(cString: strerror(code))
    }
  }
}
