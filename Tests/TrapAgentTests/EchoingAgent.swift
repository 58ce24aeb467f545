import Foundation

/// Answers v2c requests of the community `public` with the values that they have, Null: from its own port of 127.0.0.1,
/// or from another one. On a thread of its own, until the process ends.
struct EchoingAgent {
  let port: UInt16

  init(answersElsewhere: Bool) {
    let (asked, port) = EchoingAgent.open()
    let answering = answersElsewhere ? EchoingAgent.open().0 : asked
    self.port = port
    Thread.detachNewThread { EchoingAgent.run(asked, answering) }
  }

  private static func run(_ asked: CInt, _ answering: CInt) {
    var buffer = [UInt8](repeating: 0, count: 1500)
    while true {
      var peer = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let capacity = buffer.count
      let count = unsafe withUnsafeMutablePointer(to: &peer) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe recvfrom(asked, &buffer, capacity, 0, $0, &size)
        }
      }
      // The PDU's tag stands behind the version and the community.
      guard count > 13, buffer[13] == 0xa0 else { continue }
      buffer[13] = 0xa2
      _ = unsafe withUnsafePointer(to: &peer) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe sendto(answering, buffer, count, 0, $0, size)
        }
      }
    }
  }

  private static func open() -> (CInt, UInt16) {
    let descriptor = socket(AF_INET, CInt(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        _ = unsafe bind(descriptor, generic, size)
        _ = unsafe getsockname(descriptor, generic, &size)
      }
    }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }
}
