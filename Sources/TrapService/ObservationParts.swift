internal import Synchronization
internal import TrapBatching
internal import TrapLedger
internal import TrapObservation

/// The table of sources, the buffer that feeds it, and the thread that drains it where nobody asks: once a second, and
/// where half of the buffer's room is taken.
internal final class ObservationParts: Sendable {
  /// Nanoseconds: of one go, between two looks at the stop.
  private static let drainTime: UInt64 = 20_000_000

  let buffer: InterprocessBuffer
  let table: SourceTable
  let beat: LoopBeat
  private let waker: Waker
  private let isStopping = Atomic<Bool>(false)
  private let thread = Mutex<StageThread?>(nil)

  init(_ limits: Limits, _ ledger: Ledger, _ budget: MemoryBudget) {
    let waker = Waker()
    self.waker = waker
    buffer = InterprocessBuffer(bound: limits.observation.buffer, board: ledger.board) { waker.wake() }
    budget.open("interprocess buffer", bound: limits.observation.buffer + limits.observation.producers)
      .set(buffer.pinnedOctets + limits.observation.producers)
    table = SourceTable(
      buffer: buffer, bound: limits.observation.sources, board: ledger.board,
      account: budget.open("sources", bound: limits.observation.sources), clock: SystemClock.monotonic)
    beat = LoopBeat(name: "observation", now: SystemClock.monotonic())
  }

  func start() throws(StageThreadError) {
    try thread.withLock { thread throws(StageThreadError) in
      thread = try StageThread(name: "observation") { [self] in run() }
    }
  }

  /// Applies what was told last, and ends the thread.
  func stop() {
    isStopping.store(true, ordering: .releasing)
    waker.wake()
    thread.withLock { $0.take() }?.join()
  }

  private func run() {
    while true {
      let isLast = isStopping.load(ordering: .acquiring)
      beat.turn(now: SystemClock.monotonic())
      let isDone = table.drainSome(nanoseconds: ObservationParts.drainTime)
      if isDone, isLast { return }
      if isDone { waker.wait(nanoseconds: LoopBeat.idleWaitMax) }
    }
  }
}
