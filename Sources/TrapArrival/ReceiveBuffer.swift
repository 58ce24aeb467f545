internal import CTrapSystem
internal import Glibc

/// A socket's receive buffer: asked for, granted, and what to do where the kernel gave less.
internal enum ReceiveBuffer {
  /// `SO_RCVBUFFORCE` passes `net.core.rmem_max` and needs CAP_NET_ADMIN; `SO_RCVBUF` is clamped to it without an error.
  enum Way: Sendable { case forcedIfAllowed, clamped }

  /// Asks for `octets` and returns what was granted. A buffer that is larger already is left as it is.
  static func grow(_ descriptor: CInt, to octets: Int, way: Way = .forcedIfAllowed) -> Int {
    let before = granted(descriptor)
    guard before < octets else { return before }
    let asked = CInt(clamping: octets)
    if way == .forcedIfAllowed && trap_set_receive_buffer(descriptor, asked, 1) == 0 { return granted(descriptor) }
    // The clamp can also shrink a buffer that the service manager had forced beyond `rmem_max`: try it elsewhere first.
    if clamp(of: asked) > before { _ = trap_set_receive_buffer(descriptor, asked, 0) }
    return granted(descriptor)
  }

  private static func clamp(of asked: CInt) -> Int {
    let scratch = OwnedSocket(socket(AF_INET, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
    _ = trap_set_receive_buffer(scratch.descriptor, asked, 0)
    return granted(scratch.descriptor)
  }

  /// Half of what the kernel reports: it doubles what was asked for, to pay for its own bookkeeping.
  static func granted(_ descriptor: CInt) -> Int { max(0, Int(trap_receive_buffer(descriptor)) / 2) }

  /// nil where enough was granted.
  static func warning(asked: Int, granted: Int, address: ListenerAddress) -> String? {
    guard granted < asked else { return nil }
    return "\(address): a receive buffer of \(asked) octets was asked for and \(granted) granted, so bursts are dropped "
      + "by the kernel sooner; run `sysctl -w net.core.rmem_max=\(asked)`, or set ReceiveBuffer=\(asked) in "
      + "traplined.socket"
  }
}
