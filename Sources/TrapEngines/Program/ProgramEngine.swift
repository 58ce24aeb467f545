internal import Glibc
package import Logging
package import TrapBatching
package import TrapDispatch

/// Gives traps to a program: JSON lines to one that runs for long, or one run per trap as snmptrapd does.
///
/// `stream`: acknowledged is a batch that stands whole in the program's input pipe. What the program has not read when
/// it dies, up to the pipe's 64 KiB, is lost with it; the log says when that can have been. `traphandle`: acknowledged
/// is a batch for whose every trap the handler ended with status 0.
package final class ProgramEngine: ProcessingEngine {
  package let name: String
  private let queue: HandoverQueue
  private let thread: StageThread
  /// Turned by the thread; between two turns lies at most one batch.
  package let beat: LoopBeat

  /// Starts the thread, and the program; one that cannot be started is a mistake that is told now.
  package static func open(_ settings: ProgramEngineSettings, log: Logger) throws(EngineOpenError) -> ProgramEngine {
    guard let program = settings.command.first, !program.isEmpty else {
      throw EngineOpenError(engine: settings.name, reason: "no command", remedy: "name a program to run")
    }
    do throws(SystemError) {
      let queue = try HandoverQueue()
      let beat = LoopBeat(name: "engine \(settings.name)", now: SystemClock.monotonic())
      let runner = ProgramRunner(settings, log: log)
      if settings.style == .stream { try runner.start() }
      // From here on the runner is the thread's alone.
      nonisolated(unsafe) let confined = runner
      let thread = try Self.start(settings.name) { ProgramEngineLoop(queue, unsafe confined, beat).run() }
      return ProgramEngine(name: settings.name, queue: queue, thread: thread, beat: beat)
    } catch {
      throw EngineOpenError(
        engine: settings.name, reason: "\(program) cannot be started: \(error)",
        remedy: "give the path of a program that the daemon's user may run")
    }
  }

  private init(name: String, queue: HandoverQueue, thread: StageThread, beat: LoopBeat) {
    self.name = name
    self.queue = queue
    self.thread = thread
    self.beat = beat
  }

  private static func start(
    _ name: String, _ run: @escaping @Sendable () -> Void
  ) throws(SystemError) -> StageThread {
    do throws(StageThreadError) { return try StageThread(name: name, run) } catch { throw SystemError(EAGAIN) }
  }

  package func deliver(_ batch: DeliveryBatch, completion: BatchCompletion) { queue.put(batch, completion) }
  package func reopen() {}
  package func stop() { queue.stop() }

  /// Waits until the program has ended after `stop`; false where it still runs.
  package func waitUntilStopped(nanoseconds: UInt64) -> Bool { thread.waitForEnd(nanoseconds: nanoseconds) }
}
