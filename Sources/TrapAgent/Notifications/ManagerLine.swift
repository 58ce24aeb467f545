internal import Synchronization
internal import TrapObservation

/// The notifications that wait for one manager, and the account of what became of the others. From any thread.
internal final class ManagerLine: Sendable {
  private struct State {
    var backlog = ThresholdBacklog()
    var counts: ManagerStatistics
  }

  /// Shared with the line before: what is under way there when the settings change is counted here.
  private final class Account: Sendable {
    let state: Mutex<State>
    init(name: String) { state = Mutex(State(counts: ManagerStatistics(name: name))) }
  }

  internal let manager: NotificationManager
  private let account: Account

  /// Goes on where the line of a manager's former settings stopped.
  internal init(_ manager: NotificationManager, continuing former: ManagerLine? = nil) {
    self.manager = manager
    account = former?.account ?? Account(name: manager.name)
  }

  internal func put(_ event: ThresholdEvent) { account.state.withLock { $0.backlog.put(event) } }
  internal func take() -> ThresholdEvent? { account.state.withLock { $0.backlog.take() } }
  internal func count(_ counter: WritableKeyPath<ManagerStatistics, UInt64>) {
    account.state.withLock { $0.counts[keyPath: counter] += 1 }
  }

  /// Throws away what waits: nobody sends any more.
  internal func abandon() {
    while take() != nil { count(\.dropped) }
  }

  internal var statistics: ManagerStatistics {
    account.state.withLock { state in
      var statistics = state.counts
      statistics.dropped += state.backlog.dropped
      statistics.waiting = UInt64(state.backlog.count)
      return statistics
    }
  }
}
