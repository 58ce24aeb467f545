internal import CTrapSystem
internal import Glibc

/// The sockets of one listener, one per lane, bound and steered, not yet read.
package struct ListenerSockets: Sendable {
  /// As bound: a port of 0 has become the kernel's choice.
  package let address: ListenerAddress
  /// For whoever watches over the daemon: what it will suffer from, and the remedy.
  package let warnings: [String]
  internal let lanes: [LaneSocket]

  /// Octets per lane.
  package var receiveBuffer: Int { lanes.map(\.receiveBuffer).min() ?? 0 }

  /// Opens `lanes` sockets (1 or more) with a receive buffer of `receiveBuffer` octets each.
  ///
  /// The first binds *without* `SO_REUSEPORT` and sets it afterwards; the others set it first. So a port that anyone
  /// has is refused, whereas an option set before the first `bind` would let two daemons share the traps unknowingly.
  package static func open(
    address: ListenerAddress, lanes: Int, receiveBuffer: Int
  ) throws(ArrivalError) -> ListenerSockets {
    try open(address: address, lanes: lanes, receiveBuffer: receiveBuffer, way: .forcedIfAllowed)
  }

  internal static func open(
    address: ListenerAddress, lanes: Int, receiveBuffer: Int, way: ReceiveBuffer.Way
  ) throws(ArrivalError) -> ListenerSockets {
    precondition(lanes > 0, "a listener with \(lanes) lanes")
    var bound = address
    var sockets: [LaneSocket] = []
    for lane in 0..<lanes {
      let socket = try make(bound)
      if lane > 0 { try sharePort(socket.descriptor, bound) }
      let granted = ReceiveBuffer.grow(socket.descriptor, to: receiveBuffer, way: way)
      try SocketAddress.bind(socket.descriptor, to: bound)
      if lane == 0 {
        if lanes > 1 { try sharePort(socket.descriptor, bound) }
        bound = bound.with(port: SocketAddress.bound(socket.descriptor)?.port ?? bound.port)
      }
      sockets.append(LaneSocket(socket, isInherited: false, receiveBuffer: granted))
    }
    try steer(sockets, bound)
    let granted = sockets.map(\.receiveBuffer).min() ?? 0
    let warning = ReceiveBuffer.warning(asked: receiveBuffer, granted: granted, address: bound)
    return ListenerSockets(address: bound, warnings: warning.map { [$0] } ?? [], lanes: sockets)
  }

  /// Uses what the service manager bound to `address`: one lane per socket, however many were configured.
  internal static func adopt(
    _ descriptors: [CInt], address: ListenerAddress, lanes: Int, receiveBuffer: Int
  ) throws(ArrivalError) -> ListenerSockets {
    var warnings: [String] = []
    var sockets: [LaneSocket] = []
    for descriptor in descriptors {
      let socket = OwnedSocket(descriptor)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      try check(trap_enable_arrival_facts(descriptor, address.isIPv4 ? AF_INET : AF_INET6), "setsockopt", address)
      let granted = ReceiveBuffer.grow(descriptor, to: receiveBuffer)
      sockets.append(LaneSocket(socket, isInherited: true, receiveBuffer: granted))
    }
    try steer(sockets, address)
    if descriptors.count != lanes {
      warnings.append(
        "\(address): \(lanes) lanes are configured and the service manager gave \(descriptors.count) sockets; "
          + "\(descriptors.count) lanes run (ReusePort=yes and one ListenDatagram= a lane in traplined.socket give more)")
    }
    let granted = sockets.map(\.receiveBuffer).min() ?? 0
    if let warning = ReceiveBuffer.warning(asked: receiveBuffer, granted: granted, address: address) {
      warnings.append(warning)
    }
    return ListenerSockets(address: address, warnings: warnings, lanes: sockets)
  }

  private static func make(_ address: ListenerAddress) throws(ArrivalError) -> OwnedSocket {
    let family = address.isIPv4 ? AF_INET : AF_INET6
    let descriptor = socket(family, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), CInt(IPPROTO_UDP))
    guard descriptor >= 0 else { throw .system(operation: "socket", address: address.description, code: errno) }
    let made = OwnedSocket(descriptor)
    if !address.isIPv4 {
      try set(descriptor, CInt(IPPROTO_IPV6), IPV6_V6ONLY, address.isIPv6Only ? 1 : 0, address)
    }
    // Before `bind`, so that the first datagram has its facts too.
    try check(trap_enable_arrival_facts(descriptor, family), "setsockopt", address)
    return made
  }

  private static func sharePort(_ descriptor: CInt, _ address: ListenerAddress) throws(ArrivalError) {
    try set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1, address)
  }

  private static func steer(_ sockets: [LaneSocket], _ address: ListenerAddress) throws(ArrivalError) {
    guard sockets.count > 1 else { return }
    try check(trap_steer_by_source(sockets[0].descriptor, UInt32(sockets.count)), "SO_ATTACH_REUSEPORT_CBPF", address)
  }

  private static func set(
    _ descriptor: CInt, _ level: CInt, _ option: CInt, _ value: CInt, _ address: ListenerAddress
  ) throws(ArrivalError) {
    var value = value
    let result = unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
    guard result == 0 else { throw .system(operation: "setsockopt", address: address.description, code: errno) }
  }

  private static func check(_ result: CInt, _ operation: String, _ address: ListenerAddress) throws(ArrivalError) {
    guard result >= 0 else {
      throw .system(operation: operation, address: address.description, code: -result)
    }
  }
}
