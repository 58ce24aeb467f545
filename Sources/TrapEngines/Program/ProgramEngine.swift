internal import Glibc
package import Logging
package import TrapBatching
package import TrapDispatch

/// Gives traps to a program: JSON lines to one that runs for long, or one run per trap as snmptrapd does.
///
/// `stream`: acknowledged is a batch that stands whole in the program's input pipe. What the program has not read when
/// it dies, up to the pipe's 64 KiB, is lost with it; the log says how much that was. `traphandle`: acknowledged
/// is a batch for whose every trap the handler ended with status 0.
package final class ProgramEngine: ProcessingEngine {
  package let name: String
  private let queue: HandoverQueue
  private let thread: StageThread
  /// Turned by the thread; between two turns lies at most one batch.
  package let beat: LoopBeat
  package var beats: [LoopBeat] { [beat] }

  /// Starts the thread, and the program; a command that cannot be started is a mistake that is told now. A socket that
  /// nobody listens on is not: its unit may come up later.
  package static func open(_ settings: ProgramEngineSettings, log: Logger) throws(EngineOpenError) -> ProgramEngine {
    try check(settings)
    do throws(SystemError) {
      let queue = try HandoverQueue()
      let beat = LoopBeat(name: "engine \(settings.name)", now: SystemClock.monotonic())
      let runner = ProgramRunner(settings, log: log)
      switch (settings.style, settings.launch) {
      case (.stream, .command): try runner.start()
      case (.stream, .socket): runner.startEarly()
      case (.traphandle, _): break
      }
      // From here on the runner is the thread's alone.
      nonisolated(unsafe) let confined = runner
      let thread = try Self.start(settings.name) { ProgramEngineLoop(queue, unsafe confined, beat).run() }
      return ProgramEngine(name: settings.name, queue: queue, thread: thread, beat: beat)
    } catch {
      throw EngineOpenError(
        engine: settings.name, reason: "\(settings.launch.program) cannot be started: \(error)",
        remedy: "give the path of a program that the daemon's user may run")
    }
  }

  private static func check(_ settings: ProgramEngineSettings) throws(EngineOpenError) {
    switch settings.launch {
    case .command(let words):
      guard let program = words.first, !program.isEmpty else {
        throw EngineOpenError(engine: settings.name, reason: "no command", remedy: "name a program to run")
      }
    case .socket(let path):
      guard path.hasPrefix("/"), path.utf8.count <= ProgramLaunch.socketPathMax else {
        throw EngineOpenError(
          engine: settings.name, reason: "\(path) cannot be the path of a socket",
          remedy: "give an absolute path of at most \(ProgramLaunch.socketPathMax) octets")
      }
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
