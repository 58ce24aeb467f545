internal import Glibc

/// Where text for people goes: results of a command to standard output, everything else to standard error.
internal enum StandardStream: CInt {
  case output = 1
  case error = 2

  func write(_ text: String) { StandardStream.write(Array(text.utf8), to: rawValue) }

  /// Writes all octets, however many calls that takes, or as far as somebody reads.
  static func write(_ octets: [UInt8], to descriptor: CInt) {
    var start = 0
    while start < octets.count {
      let count = unsafe octets.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress! + start, octets.count - start)
      }
      if count < 0 && errno == EINTR { continue }
      // Nobody reads any more: there is nobody left to tell.
      guard count > 0 else { return }
      start += count
    }
  }
}
