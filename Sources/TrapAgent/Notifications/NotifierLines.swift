internal import Synchronization
internal import TrapBatching
internal import TrapObservation

/// The managers in force, in their order. From any thread.
internal final class NotifierLines: Sendable {
  private struct State {
    var lines: [ManagerLine] = []
    var isOwn: NotifierSettings.IsOwn
    var isTurnAsked = false
  }

  private let state: Mutex<State>

  internal init(isOwn: @escaping NotifierSettings.IsOwn) { state = Mutex(State(isOwn: isOwn)) }

  internal var all: [ManagerLine] { state.withLock { $0.lines } }
  internal func isOwn(_ manager: NotificationManager) -> Bool {
    state.withLock { $0.isOwn }(manager.address, manager.port)
  }

  internal func replace(_ managers: [NotificationManager], isOwn: @escaping NotifierSettings.IsOwn) {
    state.withLock { state in
      let former = state.lines
      state.lines = managers.map { manager in
        ManagerLine(manager, continuing: former.first { $0.manager.name == manager.name })
      }
      state.isOwn = isOwn
    }
  }

  /// True where the thread has to be asked for a turn: not where it was, and has not begun.
  internal func put(_ event: ThresholdEvent) -> Bool {
    state.withLock { state in
      for line in state.lines { line.put(event) }
      defer { state.isTurnAsked = true }
      return !state.isTurnAsked
    }
  }

  internal func beginTurn() { state.withLock { $0.isTurnAsked = false } }
}
