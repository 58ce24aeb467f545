internal import CTrapSystem

/// The datagram sockets that a service manager handed over (`LISTEN_FDS`), by the address that each is bound to.
package struct InheritedSockets: Sendable {
  private var remaining: [(descriptor: CInt, address: ListenerAddress)] = []

  /// None: every listener opens its own.
  package init() {}

  /// Verifies that each descriptor is a bound UDP socket. Throws before anything is owned.
  package init(descriptors: [CInt]) throws(ArrivalError) {
    for descriptor in descriptors {
      guard trap_is_udp(descriptor) == 1 else {
        throw .inheritedUnusable(descriptor: descriptor, problem: "it is no UDP socket")
      }
      guard let address = SocketAddress.bound(descriptor) else {
        throw .inheritedUnusable(descriptor: descriptor, problem: "it is bound to no address and port")
      }
      remaining.append((descriptor, address))
    }
  }

  /// The addresses that no listener has taken: a mistake in one of the two configurations.
  package var unused: [ListenerAddress] { remaining.map(\.address) }

  /// The listener's sockets: those that were handed over for its address and port, else new ones.
  package mutating func open(
    address: ListenerAddress, lanes: Int, receiveBuffer: Int
  ) throws(ArrivalError) -> ListenerSockets {
    let matching = remaining.filter { $0.address.address == address.address && $0.address.port == address.port }
    guard let first = matching.first else {
      return try .open(address: address, lanes: lanes, receiveBuffer: receiveBuffer)
    }
    remaining.removeAll { entry in matching.contains { $0.descriptor == entry.descriptor } }
    return try .adopt(
      matching.map(\.descriptor), address: first.address, lanes: lanes, receiveBuffer: receiveBuffer)
  }
}
