internal import Synchronization
internal import TrapBatching
internal import TrapDispatch

/// Above it new informs are refused unanswered, so that their senders keep them.
internal final class HighWaterMark: Sendable {
  private let account: MemoryAccount
  private let octets: Atomic<Int>

  init(_ account: MemoryAccount, _ configuration: Configuration, bound: Int) {
    self.account = account
    octets = Atomic(HighWaterMark.octets(configuration, bound))
  }

  var isExceeded: Bool { account.used > octets.load(ordering: .relaxed) }

  /// After a reload; `bound` is the event queue's.
  func set(_ configuration: Configuration, bound: Int) {
    octets.store(HighWaterMark.octets(configuration, bound), ordering: .relaxed)
  }

  private static func octets(_ configuration: Configuration, _ bound: Int) -> Int {
    EventQueue.pinned(percent: configuration.daemon.informs.highWater, ofBound: bound)
  }
}
