internal import Glibc

extension Descriptor {
  /// One write(2) of `octets[range]`: how many went out, at least one. Repeats an interrupted call.
  func write(_ octets: [UInt8], _ range: Range<Int>) throws(SystemError) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= octets.count, "\(range) of \(octets.count) octets")
    while true {
      let count = unsafe octets.withUnsafeBytes { source in
        unsafe Glibc.write(raw, source.baseAddress! + range.lowerBound, range.count)
      }
      if count > 0 { return count }
      // A write of something that takes nothing and reports nothing would be tried for ever.
      guard count < 0 else { throw SystemError(EIO) }
      guard errno == EINTR else { throw SystemError(errno) }
    }
  }

  /// fdatasync(2): what was written is on the disk.
  func synchronize() throws(SystemError) {
    while fdatasync(raw) != 0 {
      guard errno == EINTR else { throw SystemError(errno) }
    }
  }

  func truncate(to size: Int) throws(SystemError) {
    while ftruncate(raw, size) != 0 {
      guard errno == EINTR else { throw SystemError(errno) }
    }
  }
}
