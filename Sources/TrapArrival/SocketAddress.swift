internal import CTrapSystem
internal import Glibc
internal import TrapBatching

/// A `sockaddr` in the form that the rest of the program uses, and back.
internal enum SocketAddress {
  static func bind(_ descriptor: CInt, to address: ListenerAddress) throws(ArrivalError) {
    let result = unsafe withStorage(of: address) { pointer, length in
      unsafe Glibc.bind(descriptor, pointer, length)
    }
    guard result == 0 else { throw .binding(address, code: errno) }
  }

  /// What an Internet socket is bound to (`getsockname`); nil for another family or an unbound socket.
  static func bound(_ descriptor: CInt) -> ListenerAddress? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe getsockname(descriptor, UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self), &length)
    }
    guard result == 0 else { return nil }
    return unsafe withUnsafeBytes(of: storage) { octets in
      switch CInt(storage.ss_family) {
      case AF_INET:
        let four = unsafe octets.load(as: sockaddr_in.self)
        return listener(SourceAddress(ipv4: UInt32(bigEndian: four.sin_addr.s_addr)), four.sin_port, descriptor)
      case AF_INET6:
        // `sin6_addr` stands at octet 8, aligned to 4 only.
        let high = unsafe UInt64(bigEndian: octets.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        let low = unsafe UInt64(bigEndian: octets.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
        let port = unsafe octets.load(fromByteOffset: 2, as: in_port_t.self)
        return listener(SourceAddress(high: high, low: low), port, descriptor)
      default: return nil
      }
    }
  }

  private static func listener(
    _ address: SourceAddress, _ port: in_port_t, _ descriptor: CInt
  ) -> ListenerAddress? {
    guard port != 0 else { return nil }
    var isIPv6Only: CInt = 0
    var length = socklen_t(MemoryLayout<CInt>.size)
    if !address.isIPv4 {
      guard unsafe getsockopt(descriptor, CInt(IPPROTO_IPV6), IPV6_V6ONLY, &isIPv6Only, &length) == 0 else { return nil }
    }
    return ListenerAddress(address: address, port: UInt16(bigEndian: port), isIPv6Only: isIPv6Only != 0)
  }

  static func withStorage<Result>(
    of address: ListenerAddress, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    if let ipv4 = address.address.ipv4 {
      var four = sockaddr_in()
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = address.port.bigEndian
      four.sin_addr.s_addr = ipv4.bigEndian
      return unsafe withUnsafeBytes(of: &four) { octets in
        unsafe body(octets.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(octets.count))
      }
    }
    var six = sockaddr_in6()
    six.sin6_family = sa_family_t(AF_INET6)
    six.sin6_port = address.port.bigEndian
    unsafe withUnsafeMutableBytes(of: &six.sin6_addr) { octets in
      unsafe octets.storeBytes(of: address.address.high.bigEndian, toByteOffset: 0, as: UInt64.self)
      unsafe octets.storeBytes(of: address.address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
    return unsafe withUnsafeBytes(of: &six) { octets in
      unsafe body(octets.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(octets.count))
    }
  }
}
