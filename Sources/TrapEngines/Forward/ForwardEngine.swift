package import Logging
internal import TrapBatching
package import TrapDispatch

/// Sends traps on to another receiver by UDP, as the version and kind that it wants (RFC 3584). Acknowledged is a batch
/// of traps that the kernel has sent, and of informs that the receiver has answered.
package final class ForwardEngine: ProcessingEngine {
  package let name: String
  private let queue: HandoverQueue
  private let thread: StageThread

  /// `seed`: for salts and message IDs, different in each run. The receiver need not be there, nor a route to it.
  package static func open(
    _ settings: ForwardEngineSettings, seed: UInt64, log: Logger
  ) throws(EngineOpenError) -> ForwardEngine {
    if let problem = settings.problem() { throw problem }
    let queue: HandoverQueue
    do throws(SystemError) {
      queue = try HandoverQueue()
    } catch {
      throw EngineOpenError(
        engine: settings.name, reason: "there is no pipe for its thread: \(error)", remedy: "raise LimitNOFILE")
    }
    // From here on the sender is the thread's alone.
    nonisolated(unsafe) let sender = ForwardSender(settings, seed: seed, wake: queue.raw)
    do throws(StageThreadError) {
      let thread = try StageThread(name: settings.name) { ForwardEngine.run(queue, unsafe sender) }
      return ForwardEngine(name: settings.name, queue: queue, thread: thread)
    } catch {
      throw EngineOpenError(
        engine: settings.name, reason: "there is no thread for it: \(error)", remedy: "raise TasksMax")
    }
  }

  private init(name: String, queue: HandoverQueue, thread: StageThread) {
    self.name = name
    self.queue = queue
    self.thread = thread
  }

  private static func run(_ queue: HandoverQueue, _ sender: ForwardSender) {
    while true {
      switch queue.take() {
      case .batch(let batch, let completion):
        completion.complete(sender.deliver(batch) { queue.isStopping })
      case .reopen: sender.reopen()
      case .stop: return
      case .nothing: sender.idle()
      }
    }
  }

  package func deliver(_ batch: DeliveryBatch, completion: BatchCompletion) { queue.put(batch, completion) }
  /// The next batch goes out from the address that this machine has then.
  package func reopen() { queue.reopen() }
  /// Informs that wait for their responses are not waited for: their batch is unavailable.
  package func stop() { queue.stop() }
  package func waitUntilStopped(nanoseconds: UInt64) -> Bool { thread.waitForEnd(nanoseconds: nanoseconds) }
}
