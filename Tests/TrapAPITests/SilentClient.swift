import Glibc

@testable import TrapAPI

/// Asks, and never reads the answer.
final class SilentClient {
  private var socket: CInt

  init(_ address: APIAddress, get path: String) throws {
    guard case .tcp(_, let port) = address else { preconditionFailure("\(address) is no TCP address") }
    socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var peer = sockaddr_in()
    peer.sin_family = sa_family_t(AF_INET)
    peer.sin_port = port.bigEndian
    peer.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let isConnected = unsafe withUnsafePointer(to: &peer) { peer in
      unsafe peer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
        unsafe connect(socket, peer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
    let sent = unsafe request.withUnsafeBytes { unsafe send(socket, $0.baseAddress, $0.count, 0) }
    guard isConnected, sent == request.count else { throw CurlFailure(code: 7, log: "the request was not sent") }
  }

  /// Closes the connection.
  func leave() {
    guard socket >= 0 else { return }
    close(socket)
    socket = -1
  }

  deinit { leave() }
}
