internal import Synchronization

/// Where the daemon is between its start and its end, for whoever asks whether it is ready.
internal final class Readiness: Sendable {
  internal enum Phase: Sendable {
    /// Nobody listens yet.
    case starting
    /// The listeners are open.
    case ready
    /// The sockets are being read empty, or are closed, and what is queued is handed over.
    case stopping
  }

  private let state = Mutex(Phase.starting)

  var phase: Phase { state.withLock { $0 } }

  /// A stop is for good, also one that comes before the start is through.
  func advance(to phase: Phase) {
    state.withLock { state in
      if state != .stopping { state = phase }
    }
  }
}
