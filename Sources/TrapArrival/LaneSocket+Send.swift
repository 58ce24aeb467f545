internal import CTrapSystem
internal import Glibc
internal import TrapBatching

extension LaneSocket {
  /// Sends to where `facts` came from, from the address that they came to, without waiting: 0, or the error number;
  /// `EBADF` after `close`.
  ///
  /// The routing table chooses the interface, as a network may want answers back by another one than the questions came
  /// by. Where it knows no way (an interface in a VRF, say), the answer leaves by the interface that it came in by.
  func send(_ octets: Span<UInt8>, answering facts: ArrivalFacts) -> CInt {
    var departure = trap_departure()
    LaneSocket.write(facts.source, to: &departure.destination)
    LaneSocket.write(facts.local, to: &departure.local)
    departure.interface = facts.interface
    departure.port = facts.port
    let code = send(octets, departure, byInterface: false)
    guard code == ENETUNREACH || code == EHOSTUNREACH, facts.interface != 0 else { return code }
    return send(octets, departure, byInterface: true)
  }

  private func send(_ octets: Span<UInt8>, _ departure: trap_departure, byInterface: Bool) -> CInt {
    unsafe octets.withUnsafeBytes { buffer in
      withOpenSocket { descriptor in
        var departure = departure
        return unsafe -trap_send_from(
          descriptor, family, buffer.baseAddress, buffer.count, &departure, byInterface ? 1 : 0)
      } ?? EBADF
    }
  }

  private typealias AddressOctets = (
    UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8
  )

  private static func write(_ address: SourceAddress, to octets: inout AddressOctets) {
    unsafe withUnsafeMutableBytes(of: &octets) { raw in
      unsafe raw.storeBytes(of: address.high.bigEndian, toByteOffset: 0, as: UInt64.self)
      unsafe raw.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
  }
}
