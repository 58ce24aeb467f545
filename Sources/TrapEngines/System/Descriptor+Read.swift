internal import Glibc

extension Descriptor {
  /// One read(2) of at most `limit` octets: empty at the end.
  func read(atMost limit: Int) throws(SystemError) -> [UInt8] {
    try unsafe transfer(limit) { unsafe Glibc.read(raw, $0, $1) }
  }

  /// One pread(2) of at most `limit` octets at `offset`.
  func read(atMost limit: Int, at offset: Int) throws(SystemError) -> [UInt8] {
    try unsafe transfer(limit) { unsafe pread(raw, $0, $1, offset) }
  }

  private func transfer(
    _ limit: Int, _ call: (UnsafeMutableRawPointer?, Int) -> Int
  ) throws(SystemError) -> [UInt8] {
    var octets = [UInt8](repeating: 0, count: limit)
    while true {
      let count = unsafe octets.withUnsafeMutableBytes { unsafe call($0.baseAddress, limit) }
      if count >= 0 {
        octets.removeLast(limit - count)
        return octets
      }
      guard errno == EINTR else { throw SystemError(errno) }
    }
  }
}
