internal import Foundation
internal import Synchronization
package import TrapBatching

/// The thread on which a dispatcher turns, and the one on which its dead letters are written.
package final class DispatchThread: Sendable {
  private let dispatcher: Dispatcher
  private let beat: LoopBeat
  private let hasEnded = DispatchSemaphore(value: 0)
  private let isEnding = Atomic<Bool>(false)

  package init(_ dispatcher: Dispatcher, beat: LoopBeat) {
    self.dispatcher = dispatcher
    self.beat = beat
  }

  package func start() {
    Thread.detachNewThread { self.run() }
    guard dispatcher.deadLetters != nil else { return }
    Thread.detachNewThread { self.writeLetters() }
  }

  /// Drains until `deadline` (monotonic nanoseconds), stops all engines, ends the thread, and returns the account.
  /// Waits for as long as that takes; call it once, after the last append.
  package func stop(deadline: UInt64) -> DrainReport {
    dispatcher.beginDrain(deadline: deadline)
    hasEnded.wait()
    // The last letters; where the disk hangs, the thread that writes them is left behind.
    isEnding.store(true, ordering: .releasing)
    dispatcher.deadLetters?.waker.wake()
    if dispatcher.deadLetters != nil { _ = hasEnded.wait(timeout: .now() + .seconds(1)) }
    return dispatcher.drainReport ?? DrainReport(rows: [])
  }

  private func run() {
    while dispatcher.drainReport == nil {
      let now = SystemClock.monotonic()
      beat.turn(now: now)
      let next = dispatcher.turn(now: now, wall: SystemClock.wall())
      let pause = next.map { $0 > now ? $0 - now : 0 } ?? LoopBeat.idleWaitMax
      if pause > 0 { dispatcher.waker.wait(nanoseconds: min(pause, LoopBeat.idleWaitMax)) }
    }
    hasEnded.signal()
  }

  private func writeLetters() {
    while !isEnding.load(ordering: .acquiring) {
      dispatcher.deadLetters?.writePending()
      dispatcher.deadLetters?.waker.wait(nanoseconds: LoopBeat.idleWaitMax)
    }
    dispatcher.deadLetters?.writePending()
    hasEnded.signal()
  }
}
