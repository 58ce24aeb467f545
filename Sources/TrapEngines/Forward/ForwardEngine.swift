package import Logging
internal import TrapBatching
package import TrapDispatch

/// Sends traps on to another receiver by UDP, as the version and kind that it wants (RFC 3584). Acknowledged is a batch
/// of traps that the kernel has sent, and of informs that the receiver has answered.
package final class ForwardEngine: ProcessingEngine {
  package let name: String
  private let queue: HandoverQueue
  private let thread: StageThread

  /// `seed`: for request IDs and salts, different in each run.
  package static func open(
    _ settings: ForwardEngineSettings, seed: UInt64, log: Logger
  ) throws(EngineOpenError) -> ForwardEngine {
    do throws(SystemError) {
      let queue = try HandoverQueue()
      let sender = try ForwardSender(settings, seed: seed, wake: queue.raw)
      // From here on the sender is the thread's alone.
      nonisolated(unsafe) let confined = sender
      let thread: StageThread
      do throws(StageThreadError) {
        thread = try StageThread(name: settings.name) { ForwardEngine.run(queue, unsafe confined) }
      } catch {
        throw SystemError(11)
      }
      return ForwardEngine(name: settings.name, queue: queue, thread: thread)
    } catch {
      throw EngineOpenError(
        engine: settings.name, reason: "cannot send to \(settings.address) port \(settings.port): \(error)",
        remedy: "give an address that this machine has a route to")
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
      case .reopen: break
      case .stop: return
      case .nothing: sender.idle()
      }
    }
  }

  package func deliver(_ batch: DeliveryBatch, completion: BatchCompletion) { queue.put(batch, completion) }
  package func reopen() {}
  package func stop() { queue.stop() }
  package func waitUntilStopped(nanoseconds: UInt64) -> Bool { thread.waitForEnd(nanoseconds: nanoseconds) }
}
