internal import Glibc

/// Both ends of a pipe(2), close-on-exec, blocking.
internal struct Pipe: ~Copyable, Sendable {
  let reading: Descriptor
  let writing: Descriptor

  /// Between pipe(2) and fcntl(2) another thread may start a program; it closes what it was not meant to have.
  static func open() throws(SystemError) -> Pipe {
    var ends: [CInt] = [-1, -1]
    let result = unsafe ends.withUnsafeMutableBufferPointer { unsafe pipe($0.baseAddress!) }
    guard result == 0 else { throw SystemError(errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return Pipe(reading: Descriptor(owning: ends[0]), writing: Descriptor(owning: ends[1]))
  }
}
