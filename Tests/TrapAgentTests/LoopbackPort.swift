import Glibc

/// A port of 127.0.0.1 that nobody had a moment ago.
enum LoopbackPort {
  static func free() -> UInt16 {
    let descriptor = socket(AF_INET, CInt(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        _ = unsafe bind(descriptor, generic, length)
        _ = unsafe getsockname(descriptor, generic, &length)
      }
    }
    return UInt16(bigEndian: address.sin_port)
  }
}
