internal import Synchronization
package import TrapControl
internal import TrapSecurity

/// Asks agents by SNMP, on Net-SNMP's thread, for callers on any task.
package final class Poller: Sendable {
  /// Has Net-SNMP's thread run something; false where it takes no more.
  package typealias Perform = @Sendable (@escaping @Sendable () -> Void) -> Bool

  private let perform: Perform
  private let queue: PollQueue
  private let loop: PollLoop

  private init(_ perform: @escaping Perform, _ queue: PollQueue, _ loop: PollLoop) {
    self.perform = perform
    self.queue = queue
    self.loop = loop
  }

  /// `perform`: of the one thread that calls Net-SNMP, which must be started. Throws where there are no descriptors.
  package static func start(
    _ settings: PollSettings = PollSettings(), perform: @escaping Perform
  ) throws(AgentError) -> Poller {
    let queue = PollQueue(settings)
    guard let loop = PollLoop(queue) else { throw .threadUnavailable(reason: "no epoll descriptor for polls") }
    guard perform({ loop.open() }) else { throw .threadUnavailable(reason: "Net-SNMP's thread takes no more work") }
    return Poller(perform, queue, loop)
  }

  package static func start(
    _ settings: PollSettings = PollSettings(), on thread: NetSNMPThread
  ) throws(AgentError) -> Poller {
    try start(settings) { thread.perform($0) }
  }

  /// Counts for requests that begin from now on.
  package func change(_ settings: PollSettings) { queue.change(settings) }

  /// Requests that wait or are under way.
  package var count: Int { queue.count }

  /// One answer for each, in their order. nil where too many wait already. Cancelled, what has not been sent is not sent
  /// any more, and what has been is not waited for.
  package func poll(_ tasks: [PollTask]) async -> [PollAnswer]? {
    guard !tasks.isEmpty else { return [] }
    let octets = tasks.reduce(0) { $0 + $1.pinnedOctets }
    guard queue.reserve(tasks.count, octets: octets) else { return nil }
    Self.prepare(tasks)
    let call = PollCall(tasks)
    defer { queue.release(octets + call.octets) }
    let loop = loop
    return await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        call.wait(waiter)
        guard !perform({ loop.add(call) }) else { return }
        queue.leave(tasks.count)
        call.finishRest("the daemon is stopping; ask again when it is back")
      }
    } onCancel: {
      call.cancel()
      // Where the thread takes no more, it has ended or ends the call by itself.
      _ = perform { loop.sweep() }
    }
  }

  /// Ends every call, before Net-SNMP's thread is stopped. What is asked later is refused.
  package func stop() {
    let loop = loop
    _ = perform { loop.close() }
  }

  /// The master keys of passphrases take milliseconds, which are not to be the thread's. What yields no key is told by
  /// the request that wants it.
  private static func prepare(_ tasks: [PollTask]) {
    var seen: Set<ObjectIdentifier> = []
    for task in tasks {
      guard let user = task.credentials.user, seen.insert(ObjectIdentifier(user)).inserted else { continue }
      try? user.prepare()
    }
  }
}
