internal import Glibc
internal import TrapBatching
internal import TrapDispatch

/// The turns of a program engine's thread.
internal struct ProgramEngineLoop {
  private let queue: HandoverQueue
  private let runner: ProgramRunner
  private let beat: LoopBeat

  init(_ queue: HandoverQueue, _ runner: ProgramRunner, _ beat: LoopBeat) {
    self.queue = queue
    self.runner = runner
    self.beat = beat
  }

  func run() {
    while true {
      beat.turn(now: SystemClock.monotonic())
      switch queue.take() {
      case .batch(let batch, let completion): completion.complete(runner.deliver(batch))
      case .reopen: break
      case .stop: return runner.stop()
      case .nothing: wait()
      }
    }
  }

  private func wait() {
    var list = [pollfd(fd: queue.raw, events: Int16(POLLIN), revents: 0)]
    if let raw = runner.outputRaw { list.append(pollfd(fd: raw, events: Int16(POLLIN), revents: 0)) }
    beat.rest(now: SystemClock.monotonic())
    Poll.wait(&list, milliseconds: Int(LoopBeat.idleWaitMax / 1_000_000))
    runner.look()
    // A program that has closed its output but runs on would make every wait end at once.
    if list.count > 1, list[1].revents & Int16(POLLHUP) != 0, runner.outputRaw != nil { Poll.pause(milliseconds: 50) }
  }
}
