import Foundation
import Glibc
import TrapSecurity

/// The first message of whoever does not know an agent's engine ID yet (RFC 3414 §4).
enum Discovery {
  struct NoAnswer: Error {}

  /// The Report of the agent at this port of 127.0.0.1.
  static func ask(port: UInt16) throws -> [UInt8] {
    let message: [UInt8] = [
      0x30, 0x38, 2, 1, 3, 0x30, 0x0e, 2, 1, 1, 2, 3, 0, 0xff, 0xe3, 4, 1, 4, 2, 1, 3,
      4, 0x10, 0x30, 0x0e, 4, 0, 2, 1, 0, 2, 1, 0, 4, 0, 4, 0, 4, 0,
      0x30, 0x11, 4, 0, 4, 0, 0xa0, 0x0b, 2, 1, 5, 2, 1, 0, 2, 1, 0, 0x30, 0,
    ]
    let descriptor = socket(AF_INET, CInt(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    var limit = timeval(tv_sec: 5, tv_usec: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        _ = unsafe connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    _ = unsafe send(descriptor, message, message.count, 0)
    var answer = [UInt8](repeating: 0, count: 1500)
    let count = unsafe recv(descriptor, &answer, answer.count, 0)
    guard count > 0 else { throw NoAnswer() }
    return Array(answer[..<count])
  }
}
