internal import Synchronization
package import TrapLedger

/// Shows that a thread's loop still turns, and how long its turns take. The loop calls `turn` each time round, idle
/// included, and `rest` before it waits; the watchdog reads it.
package final class LoopBeat: Sendable {
  /// The turn under way. On its own, as the gauge's probe holds it.
  private final class Turn: Sendable {
    let began: Atomic<UInt64>
    let isResting = Atomic<Bool>(true)

    init(now: UInt64) { began = Atomic(now) }

    func probe(now: UInt64) -> (value: Int64, since: UInt64) {
      // In this order: what began is known before it is said that it runs.
      let rests = isResting.load(ordering: .acquiring)
      let since = began.load(ordering: .relaxed)
      return rests || since >= now ? (0, now) : (Int64(clamping: now - since), since)
    }
  }

  package let name: String
  private let current: Turn
  /// Nanoseconds that the last turn took, waiting not counted; whoever watches it sees by its probe how long the present
  /// one has lasted.
  package let time: WatchedGauge

  /// A loop waits at most this long, in nanoseconds, before it turns again with nothing to do.
  package static let idleWaitMax: UInt64 = 1_000_000_000

  package init(name: String, now: UInt64) {
    self.name = name
    let turn = Turn(now: now)
    current = turn
    time = WatchedGauge(.loopTime, item: name, probe: { turn.probe(now: $0) })
  }

  /// A turn begins; where the one before did not end with a rest, it ends here.
  package func turn(now: UInt64) {
    if !current.isResting.load(ordering: .relaxed) { end(now) }
    current.began.store(now, ordering: .relaxed)
    current.isResting.store(false, ordering: .releasing)
  }

  /// The turn ends: the loop is about to wait.
  package func rest(now: UInt64) {
    end(now)
    current.isResting.store(true, ordering: .releasing)
  }

  /// The same where the time is not known and reading a clock is not worth it: the turn is not measured.
  package func rest() { current.isResting.store(true, ordering: .releasing) }

  private func end(_ now: UInt64) {
    let began = current.began.load(ordering: .relaxed)
    if now > began { time.set(Int64(clamping: now - began)) }
  }

  /// Nanoseconds since the loop's last turn.
  package func age(now: UInt64) -> UInt64 {
    let then = current.began.load(ordering: .relaxed)
    return now > then ? now - then : 0
  }
}
