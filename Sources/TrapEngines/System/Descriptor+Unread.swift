internal import Glibc

extension Descriptor {
  /// Octets that stand unread in a pipe, whose either end this is and whether or not the other is still open; nil where
  /// that cannot be told. (Of a socket it would be what this end has not read.)
  func unreadInPipe() -> Int? {
    var octets: CInt = 0
    return unsafe ioctl(raw, UInt(FIONREAD), &octets) == 0 ? Int(octets) : nil
  }
}
