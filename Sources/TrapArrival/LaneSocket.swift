internal import CTrapSystem
internal import Glibc
internal import Synchronization

/// One bound UDP socket: its lane reads it, any thread asks for its drops.
internal final class LaneSocket: Sendable {
  private struct State: ~Copyable {
    var socket: OwnedSocket?
    var drops: DropCounter
  }

  /// Valid until `close`, which comes after the lane's thread has ended.
  let descriptor: CInt
  /// From the service manager, which keeps it open beyond this process.
  let isInherited: Bool
  /// Octets.
  let receiveBuffer: Int
  private let state: Mutex<State>

  /// The drops of a socket of our own count from zero. An inherited one may have dropped before this run: what it
  /// has counted until now is the baseline, because no listener of this run was there to miss it.
  init(_ socket: consuming OwnedSocket, isInherited: Bool, receiveBuffer: Int) {
    descriptor = socket.descriptor
    self.isInherited = isInherited
    self.receiveBuffer = receiveBuffer
    let baseline = isInherited ? LaneSocket.readDrops(socket.descriptor) ?? 0 : 0
    state = Mutex(State(socket: socket, drops: DropCounter(baseline: baseline)))
  }

  /// Hands `body` the drops since the last call, once, whoever calls; nothing after `close`. `body` runs under the
  /// lock, so that no reader between two calls finds them half counted.
  func takeNewDrops(_ body: (UInt64) -> Void) {
    state.withLock { state in
      guard state.socket != nil, let reading = LaneSocket.readDrops(descriptor) else { return }
      let new = state.drops.advance(to: reading)
      if new > 0 { body(new) }
    }
  }

  /// Nothing is queued any more; what comes is dropped and counted. A kernel that refuses the filter leaves the socket
  /// as it is.
  func closeToArrivals() { _ = trap_close_to_arrivals(descriptor) }

  func close() { state.withLock { $0.socket = nil } }

  private static func readDrops(_ descriptor: CInt) -> UInt32? {
    var reading: UInt32 = 0
    return unsafe trap_socket_drops(descriptor, &reading) == 0 ? reading : nil
  }
}
