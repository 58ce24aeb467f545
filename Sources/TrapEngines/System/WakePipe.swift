internal import Glibc

/// Wakes a thread that waits in poll(2). Wakes coalesce and none is lost.
internal final class WakePipe: Sendable {
  private let pipe: Pipe

  init() throws(SystemError) {
    let pipe = try Pipe.open()
    try pipe.reading.setNonBlocking()
    try pipe.writing.setNonBlocking()
    self.pipe = pipe
  }

  /// To be polled for reading.
  var raw: CInt { pipe.reading.raw }

  func wake() {
    // A full pipe refuses the octet, and wakes all the same.
    _ = try? pipe.writing.write([0], 0..<1)
  }

  func drain() {
    while let octets = try? pipe.reading.read(atMost: 64), !octets.isEmpty {}
  }
}
