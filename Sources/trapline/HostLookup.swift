internal import Glibc

/// The address of a host by its name, as this machine's resolver knows it. The daemon looks up no names: its threads must
/// not wait for a name server.
enum HostLookup {
  struct Failure: Error, CustomStringConvertible {
    let host: String
    let reason: String
    var description: String { "no address is known for \(host): \(reason); write the agent's address" }
  }

  /// In numbers; IPv4 where there is one, as Net-SNMP's tools do: many an agent listens there alone. What is no name is
  /// given back as it is.
  static func address(of host: String) throws(Failure) -> String {
    guard !host.contains(":"), host.contains(where: { $0 != "." && !$0.isNumber }) else { return host }
    var (address, status) = look(for: host, AF_INET)
    if address == nil { (address, status) = look(for: host, AF_UNSPEC) }
    guard let address else { throw Failure(host: host, reason: unsafe String(cString: gai_strerror(status))) }
    return address
  }

  private static func look(for host: String, _ family: CInt) -> (address: String?, status: CInt) {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = family
    unsafe hints.ai_socktype = CInt(SOCK_DGRAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let status = unsafe getaddrinfo(host, nil, &hints, &found)
    defer { unsafe freeaddrinfo(found) }
    guard status == 0, let first = unsafe found?.pointee else { return (nil, status) }
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let named = unsafe getnameinfo(
      first.ai_addr, first.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    guard named == 0 else { return (nil, named) }
    return (String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self), 0)
  }
}
