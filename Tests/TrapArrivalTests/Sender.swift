import Glibc
import TrapBatching

@testable import TrapArrival

/// A UDP socket that sends from an address of the loopback interface.
final class Sender: Sendable {
  let descriptor: CInt
  let port: UInt16

  /// Fails where this machine has no such address.
  init(from text: String) throws(ArrivalError) {
    let address = ListenerAddress(address: SourceAddress(text)!, port: 0)
    let made = socket(address.isIPv4 ? AF_INET : AF_INET6, CInt(SOCK_DGRAM.rawValue), 0)
    do throws(ArrivalError) {
      try SocketAddress.bind(made, to: address)
    } catch {
      close(made)
      throw error
    }
    descriptor = made
    port = SocketAddress.bound(made)?.port ?? 0
  }

  deinit { close(descriptor) }

  func send(_ octets: [UInt8], to host: String, port: UInt16) -> Bool {
    let target = ListenerAddress(address: SourceAddress(host)!, port: port)
    return unsafe SocketAddress.withStorage(of: target) { pointer, length in
      unsafe sendto(descriptor, octets, octets.count, 0, pointer, length) == octets.count
    }
  }

  /// What has come back so far, at most 64 datagrams: on loopback a datagram is here when `sendmsg` returns.
  func received() -> [(source: SourceAddress, port: UInt16, octets: [UInt8])] {
    var vector = ReceiveVector(slots: 64, slotOctets: 2048)
    var failure: CInt = 0
    let count = vector.receive(from: descriptor, failure: &failure)
    return (0..<count).map { index in
      let facts = vector.facts(index, listener: 0) { 0 }
      return (facts.source, facts.port, vector.withOctets(index) { octets in octets.indices.map { octets[$0] } })
    }
  }
}
