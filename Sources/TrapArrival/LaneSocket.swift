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

  /// The kernel's name of the socket, the same in every process that gets it; 0 where the kernel tells none.
  let cookie: UInt64
  /// `AF_INET` or `AF_INET6`.
  let family: CInt

  init(_ socket: consuming OwnedSocket, isInherited: Bool, receiveBuffer: Int) {
    descriptor = socket.descriptor
    self.isInherited = isInherited
    self.receiveBuffer = receiveBuffer
    var cookie: UInt64 = 0
    self.cookie = unsafe trap_socket_cookie(socket.descriptor, &cookie) == 0 ? cookie : 0
    family = trap_socket_family(socket.descriptor)
    state = Mutex(State(socket: socket, drops: DropCounter(baseline: 0)))
  }

  /// A former run had this socket and counted so many of its drops. What came since is ours to count: no run was there,
  /// but the socket was, and the traps were sent to it.
  func resume(from counted: UInt32) {
    state.withLock { $0.drops = DropCounter(baseline: counted) }
  }

  /// Hands `body` the drops since the last call and the kernel's count, once, whoever calls; nothing after `close`.
  /// `body` runs under the lock, so that no reader between two calls finds them half counted.
  func takeNewDrops(_ body: (_ new: UInt64, _ reading: UInt32) -> Void) {
    state.withLock { state in
      guard state.socket != nil, let reading = LaneSocket.readDrops(descriptor) else { return }
      body(state.drops.advance(to: reading), reading)
    }
  }

  /// Runs `body` while nobody can close the descriptor; nil after `close`. What `body` does must not wait.
  func withOpenSocket<Result>(_ body: (CInt) -> Result) -> Result? {
    state.withLock { $0.socket == nil ? nil : body(descriptor) }
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
