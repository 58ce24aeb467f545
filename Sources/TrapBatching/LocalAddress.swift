internal import Glibc

/// Whether an address is one of this host's.
package enum LocalAddress {
  /// Asks the kernel whether a socket can be bound to it, at no particular port. False where that cannot be asked.
  package static func contains(_ address: SourceAddress) -> Bool {
    let isIPv4 = address.isIPv4
    let descriptor = socket(isIPv4 ? AF_INET : AF_INET6, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return isIPv4 ? bind4(descriptor, address) : bind6(descriptor, address)
  }

  private static func bind4(_ descriptor: CInt, _ address: SourceAddress) -> Bool {
    var four = sockaddr_in()
    four.sin_family = sa_family_t(AF_INET)
    four.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.low).bigEndian
    return unsafe withUnsafeBytes(of: &four) { octets in
      unsafe bind(
        descriptor, octets.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(octets.count)) == 0
    }
  }

  private static func bind6(_ descriptor: CInt, _ address: SourceAddress) -> Bool {
    var six = sockaddr_in6()
    six.sin6_family = sa_family_t(AF_INET6)
    unsafe withUnsafeMutableBytes(of: &six.sin6_addr) { octets in
      unsafe octets.storeBytes(of: address.high.bigEndian, toByteOffset: 0, as: UInt64.self)
      unsafe octets.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
    return unsafe withUnsafeBytes(of: &six) { octets in
      unsafe bind(
        descriptor, octets.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(octets.count)) == 0
    }
  }
}
