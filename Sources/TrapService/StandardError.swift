internal import Glibc

/// Text for the person who ran a command, on standard error.
internal enum StandardError {
  static func write(_ text: String) { write(text, to: 2) }

  static func write(_ text: String, to descriptor: CInt) {
    let octets = Array(text.utf8)
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
