internal import Glibc
internal import TrapBatching
internal import TrapDispatch

/// The turns of a file engine's thread.
internal struct FileEngineLoop {
  private let queue: HandoverQueue
  private let writer: FileEngineWriter
  private let beat: LoopBeat

  init(_ queue: HandoverQueue, _ writer: FileEngineWriter, _ beat: LoopBeat) {
    self.queue = queue
    self.writer = writer
    self.beat = beat
  }

  func run() {
    var wake = [pollfd(fd: queue.raw, events: Int16(POLLIN), revents: 0)]
    while true {
      beat.turn(now: SystemClock.monotonic())
      switch queue.take() {
      case .batch(let batch, let completion): completion.complete(writer.write(batch))
      case .reopen: writer.reopen()
      case .stop: return writer.close()
      case .nothing:
        beat.rest(now: SystemClock.monotonic())
        Poll.wait(&wake, milliseconds: Int(LoopBeat.idleWaitMax / 1_000_000))
      }
    }
  }
}
