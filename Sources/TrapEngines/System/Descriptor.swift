internal import Glibc

/// An open file descriptor and its one owner.
internal struct Descriptor: ~Copyable, Sendable {
  let raw: CInt

  init(owning raw: CInt) { self.raw = raw }

  /// Nothing that is open.
  static var none: Descriptor { Descriptor(owning: -1) }

  deinit {
    if raw >= 0 { close(raw) }
  }

  /// Always close-on-exec. Throws the `errno` of open(2).
  static func open(_ path: String, _ flags: CInt, mode: mode_t = 0o640) throws(SystemError) -> Descriptor {
    while true {
      let raw = unsafe Glibc.open(path, flags | O_CLOEXEC, mode)
      if raw >= 0 { return Descriptor(owning: raw) }
      guard errno == EINTR else { throw SystemError(errno) }
    }
  }

  /// A second descriptor of the same open file, above standard error.
  static func duplicate(_ raw: CInt) throws(SystemError) -> Descriptor {
    let copy = fcntl(raw, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw SystemError(errno) }
    return Descriptor(owning: copy)
  }

  func status() throws(SystemError) -> FileStatus {
    var status = stat()
    guard unsafe fstat(raw, &status) == 0 else { throw SystemError(errno) }
    return FileStatus(kind: FileStatus.Kind(mode: status.st_mode), size: Int(status.st_size))
  }

  func setNonBlocking() throws(SystemError) {
    let flags = fcntl(raw, F_GETFL)
    guard flags >= 0, fcntl(raw, F_SETFL, flags | O_NONBLOCK) == 0 else { throw SystemError(errno) }
  }
}
