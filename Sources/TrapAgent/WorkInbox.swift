internal import Synchronization

/// Work that other threads leave for Net-SNMP's thread, in order, within a bound.
internal final class WorkInbox: Sendable {
  internal typealias Work = @Sendable () -> Void

  /// Pieces that wait at once. A poll or an order is one; what comes in masses (answers) has an inbox of its own.
  internal static let limit = 4096

  private struct State {
    var waiting: [Work] = []
    var isClosed = false
  }

  private let state = Mutex(State())

  /// False where there is no room, or the thread has ended.
  internal func put(_ work: @escaping Work) -> Bool {
    state.withLock { state in
      guard !state.isClosed, state.waiting.count < Self.limit else { return false }
      state.waiting.append(work)
      return true
    }
  }

  internal func takeAll() -> [Work] {
    state.withLock { state in
      guard !state.waiting.isEmpty else { return [] }
      let taken = state.waiting
      state.waiting = []
      return taken
    }
  }

  /// What waits is returned, for the last time; nothing is taken in any more.
  internal func close() -> [Work] {
    state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting
    }
  }
}
