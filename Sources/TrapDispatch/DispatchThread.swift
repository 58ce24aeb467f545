internal import Synchronization
package import TrapBatching

/// The thread on which a dispatcher turns, and the one on which its dead letters are written.
package final class DispatchThread: Sendable {
  private let dispatcher: Dispatcher
  private let turning: StageThread
  private let writing: StageThread?
  private let isEnding: Ending

  /// Set once the dispatcher has ended: the last letters are written, and the writer goes.
  private final class Ending: Sendable {
    let isReached = Atomic<Bool>(false)
  }

  /// Starts both threads.
  package static func start(_ dispatcher: Dispatcher, beat: LoopBeat) throws(StageThreadError) -> DispatchThread {
    let ending = Ending()
    let turning = try StageThread(name: "dispatch") { turn(dispatcher, beat) }
    let writing = try dispatcher.deadLetters.map { letters throws(StageThreadError) in
      try StageThread(name: "dead letters") { write(letters, ending) }
    }
    return DispatchThread(dispatcher, turning: turning, writing: writing, ending: ending)
  }

  private init(_ dispatcher: Dispatcher, turning: StageThread, writing: StageThread?, ending: Ending) {
    self.dispatcher = dispatcher
    self.turning = turning
    self.writing = writing
    isEnding = ending
  }

  /// Drains until `deadline` (monotonic nanoseconds), stops all engines, ends the threads, and returns the account.
  /// Waits for as long as that takes; call it once, after the last append.
  package func stop(deadline: UInt64) -> DrainReport {
    dispatcher.beginDrain(deadline: deadline)
    turning.join()
    isEnding.isReached.store(true, ordering: .releasing)
    dispatcher.deadLetters?.waker.wake()
    // Where the disk hangs, the thread that writes the letters is left behind.
    _ = writing?.waitForEnd(nanoseconds: 1_000_000_000)
    return dispatcher.drainReport ?? DrainReport(rows: [])
  }

  private static func turn(_ dispatcher: Dispatcher, _ beat: LoopBeat) {
    while dispatcher.drainReport == nil {
      let now = SystemClock.monotonic()
      beat.turn(now: now)
      let next = dispatcher.turn(now: now, wall: SystemClock.wall())
      let pause = next.map { $0 > now ? $0 - now : 0 } ?? LoopBeat.idleWaitMax
      guard pause > 0, dispatcher.drainReport == nil else { continue }
      beat.rest(now: SystemClock.monotonic())
      dispatcher.waker.wait(nanoseconds: min(pause, LoopBeat.idleWaitMax))
    }
  }

  private static func write(_ letters: DeadLetters, _ ending: Ending) {
    while !ending.isReached.load(ordering: .acquiring) {
      letters.writePending()
      letters.waker.wait(nanoseconds: LoopBeat.idleWaitMax)
    }
    letters.writePending()
  }
}
