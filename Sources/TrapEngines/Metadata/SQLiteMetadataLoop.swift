internal import TrapBatching
internal import TrapClassification
internal import TrapInventory

/// The body of an inventory's thread: answers what is asked, and between looks at whether the file has changed.
internal struct SQLiteMetadataLoop {
  let queue: SQLiteMetadataQueue
  let reader: SQLiteMetadataReader
  let beat: LoopBeat
  let interval: UInt64

  func run() {
    while true {
      let now = SystemClock.monotonic()
      beat.turn(now: now)
      if queue.isStopping && !drains(now) { return }
      reader.check(now: now)
      if drains(now) { continue }
      beat.rest(now: SystemClock.monotonic())
      queue.wait(nanoseconds: min(interval, LoopBeat.idleWaitMax))
    }
  }

  /// One request; false where none waits.
  private func drains(_ now: UInt64) -> Bool {
    guard let asked = queue.take() else { return false }
    switch reader.answer(asked.request, now: now) {
    case .success(let answer): asked.answers.post(answer)
    case .failure(let failure): asked.answers.fail(asked.request, reason: failure.description)
    }
    return true
  }
}
