internal import Glibc
internal import Synchronization

/// Both ends of a pipe(2), close-on-exec, blocking.
internal struct Pipe: ~Copyable, Sendable {
  let reading: Descriptor
  let writing: Descriptor

  static func open() throws(SystemError) -> Pipe {
    var ends: [CInt] = [-1, -1]
    let failure = ChildSpawn.alone.withLock { _ in
      let result = unsafe ends.withUnsafeMutableBufferPointer { unsafe pipe($0.baseAddress!) }
      guard result == 0 else { return errno }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return 0
    }
    guard failure == 0 else { throw SystemError(failure) }
    return Pipe(reading: Descriptor(owning: ends[0]), writing: Descriptor(owning: ends[1]))
  }

  consuming func takeReading() -> Descriptor { reading }
  consuming func takeWriting() -> Descriptor { writing }
}
