internal import Glibc

/// poll(2).
internal enum Poll {
  /// Waits until one of the descriptors is ready, or for `milliseconds`. An interrupted wait ends early: every caller
  /// looks at its clock again.
  static func wait(_ descriptors: inout [pollfd], milliseconds: Int) {
    for index in descriptors.indices { descriptors[index].revents = 0 }
    let limit = CInt(clamping: max(0, milliseconds))
    let ready = unsafe descriptors.withUnsafeMutableBufferPointer { list in
      unsafe poll(list.baseAddress, nfds_t(list.count), limit)
    }
    if ready < 0 { precondition(errno == EINTR || errno == ENOMEM, "poll failed: \(SystemError(errno))") }
  }

  /// Whether `raw` takes octets, or is broken so that a write says how, within the time.
  static func isWritable(_ raw: CInt, milliseconds: Int) -> Bool {
    var list = [pollfd(fd: raw, events: Int16(POLLOUT), revents: 0)]
    wait(&list, milliseconds: milliseconds)
    return list[0].revents != 0
  }

  /// Lets time pass: a wait for nothing.
  static func pause(milliseconds: Int) {
    var none: [pollfd] = []
    wait(&none, milliseconds: milliseconds)
  }
}
