package import Logging
package import TrapBatching
package import TrapClassification

/// Metadata from an inventory file (Documentation/Inventory.md). The file is read on a thread of its own, so a disk that
/// hangs holds up nothing but the requests to this file, which the classifier then gives up by itself.
package final class SQLiteMetadata: MetadataSource {
  package let name: String
  package var kind: String { "sqlite" }
  package var answersAtOnce: Bool { false }
  /// Turned by the thread, which a disk can hold for as long as it likes.
  package let beat: LoopBeat
  package var beats: [LoopBeat] { [beat] }

  private let path: String
  private let queue: SQLiteMetadataQueue
  private let thread: StageThread

  /// Starts the thread. The file need not be there yet: then requests fail, and say so, until it is.
  ///
  /// `onChange` is called on the thread whenever the inventory may say something else than before: what is cached of
  /// this source should be forgotten.
  package static func start(
    _ settings: SQLiteMetadataSettings, routeSets: RouteSetTable, log: Logger, onChange: @escaping @Sendable () -> Void
  ) throws(StageThreadError) -> SQLiteMetadata {
    let queue = SQLiteMetadataQueue()
    let beat = LoopBeat(name: "metadata \(settings.name)", now: SystemClock.monotonic())
    let thread = try StageThread(name: settings.name) {
      let reader = SQLiteMetadataReader(settings, routeSets: routeSets, log: log, onChange: onChange)
      SQLiteMetadataLoop(queue: queue, reader: reader, beat: beat, interval: settings.checkInterval).run()
    }
    return SQLiteMetadata(settings, queue: queue, thread: thread, beat: beat)
  }

  private init(_ settings: SQLiteMetadataSettings, queue: SQLiteMetadataQueue, thread: StageThread, beat: LoopBeat) {
    name = settings.name
    path = settings.path
    self.queue = queue
    self.thread = thread
    self.beat = beat
  }

  package func ask(_ request: MetadataRequest, answers: MetadataAnswers) {
    guard !queue.put(request, answers) else { return }
    let reason =
      queue.isStopping ? "it has been stopped" : "\(path): \(SQLiteMetadataQueue.bound) requests wait for it already"
    answers.fail(request, reason: reason)
  }

  /// Ends the thread once it has answered what waits; later requests fail at once.
  package func stop() { queue.stop() }

  /// After `stop`: waits for the thread's end, `nanoseconds` at most; false where it still runs.
  package func waitUntilStopped(nanoseconds: UInt64) -> Bool { thread.waitForEnd(nanoseconds: nanoseconds) }
}
