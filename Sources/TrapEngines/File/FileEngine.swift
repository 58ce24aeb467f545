internal import Glibc
package import Logging
package import TrapBatching
package import TrapDispatch

/// Writes traps to a file, a FIFO or standard output, from a thread of its own.
///
/// Acknowledged is a batch whose every octet the kernel took (`sync="batch"`: the disk). Where a write stops half-way,
/// it goes on exactly there when the batch comes again: no line is lost, written twice or torn.
package final class FileEngine: ProcessingEngine {
  package let name: String
  private let queue: HandoverQueue
  private let thread: StageThread
  /// Turned by the thread, which a disk can hold for as long as it likes.
  package let beat: LoopBeat
  package var beats: [LoopBeat] { [beat] }

  /// Opens the file and starts the thread. `log` hears what happens once, never anything per trap.
  package static func open(_ settings: FileEngineSettings, log: Logger) throws(EngineOpenError) -> FileEngine {
    precondition(settings.rotateKeep > 0, "rotate-keep of \(settings.rotateKeep)")
    do throws(SystemError) {
      let queue = try HandoverQueue()
      let beat = LoopBeat(name: "engine \(settings.name)", now: SystemClock.monotonic())
      let writer = FileEngineWriter(settings, log: log)
      try writer.open()
      // From here on the writer is the thread's alone.
      nonisolated(unsafe) let confined = writer
      let thread = try Self.start(settings.name) { FileEngineLoop(queue, unsafe confined, beat).run() }
      return FileEngine(name: settings.name, queue: queue, thread: thread, beat: beat)
    } catch {
      throw EngineOpenError(
        engine: settings.name, reason: "\(settings.shownPath) cannot be opened for writing: \(error)",
        remedy: FileEngineRemedy.text(for: error, path: settings.path))
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
  package func reopen() { queue.reopen() }
  package func stop() { queue.stop() }

  /// Waits until the thread has finished what was handed over before `stop`; false where it still has not.
  package func waitUntilStopped(nanoseconds: UInt64) -> Bool { thread.waitForEnd(nanoseconds: nanoseconds) }
}
