internal import Synchronization

/// Shows that a thread's loop still turns. The loop calls `turn` each time round, idle included; the watchdog reads it.
package final class LoopBeat: Sendable {
  package let name: String
  private let last: Atomic<UInt64>

  /// A loop waits at most this long, in nanoseconds, before it turns again with nothing to do.
  package static let idleWaitMax: UInt64 = 1_000_000_000

  package init(name: String, now: UInt64) {
    self.name = name
    last = Atomic(now)
  }

  package func turn(now: UInt64) { last.store(now, ordering: .relaxed) }

  /// Nanoseconds since the loop's last turn.
  package func age(now: UInt64) -> UInt64 {
    let then = last.load(ordering: .relaxed)
    return now > then ? now - then : 0
  }
}
