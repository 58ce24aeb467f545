package import Logging
internal import Synchronization
internal import TrapBatching
internal import TrapSecurity

/// The one thread that calls Net-SNMP, which is not thread-safe, keeps global state, and therefore can be started once
/// in a process. What it serves are its parts: the agent, stream listeners, and the work that others leave for it
/// (polls).
package final class NetSNMPThread: Sendable {
  private static let started = Mutex(false)

  private let thread: StageThread
  private let wakeup: AgentWakeup
  private let inbox: WorkInbox
  private let orders: AccessOrders
  private let streams: StreamHub

  private init(
    thread: StageThread, wakeup: AgentWakeup, inbox: WorkInbox, orders: AccessOrders, streams: StreamHub
  ) {
    self.thread = thread
    self.wakeup = wakeup
    self.inbox = inbox
    self.orders = orders
    self.streams = streams
  }

  /// Starts the thread and returns when its agent listens (standalone) or looks for its master (AgentX: the master may
  /// come later), and every stream listener has its address.
  ///
  /// Call it early: it sets an environment variable, which no other thread should be reading at that moment.
  /// `beat` is called by the thread each time round its loop, at least once a second.
  package static func start(
    _ parts: NetSNMPParts, log: Logger, beat: @escaping @Sendable () -> Void = {}
  ) throws(AgentError) -> NetSNMPThread {
    let base = try parts.agent?.configuration.validated()
    guard let wakeup = AgentWakeup() else { throw .threadUnavailable(reason: "no pipe to wake it") }
    guard let streams = StreamHub(log: log, wakeup: wakeup) else {
      throw .threadUnavailable(reason: "no epoll descriptor")
    }
    guard
      started.withLock({
        let first = !$0; $0 = true; return first
      })
    else { throw .alreadyStarted }
    NetSNMPLibrary.prepareEnvironment()
    let inbox = WorkInbox()
    let orders = AccessOrders()
    let outcome = StartOutcome()
    let thread: StageThread
    do throws(StageThreadError) {
      thread = try StageThread(name: "net-snmp") {
        let loop = NetSNMPLoop(
          parts: parts, base: base, streams: streams, inbox: inbox, orders: orders, log: log, beat: beat,
          wakeup: wakeup)
        loop.run { outcome.set($0) }
      }
    } catch {
      throw .threadUnavailable(reason: error.reason)
    }
    if let error = outcome.wait() {
      thread.join()
      throw error
    }
    return NetSNMPThread(thread: thread, wakeup: wakeup, inbox: inbox, orders: orders, streams: streams)
  }

  /// Has the thread run `work`, soon and in order: whatever calls Net-SNMP goes through here. Work is short, for
  /// everything else waits meanwhile. From any thread, returns at once; false where 4096 pieces wait already, or the
  /// thread ends: then `work` never runs. What was taken runs, at the latest when the thread ends.
  package func perform(_ work: @escaping @Sendable () -> Void) -> Bool {
    guard inbox.put(work) else { return false }
    wakeup.wake()
    return true
  }

  /// From soon on the standalone agent answers by these rules, and by no former one. Returns after some milliseconds for
  /// each passphrase that was not derived before; an error of one is logged, and its user gets no answer.
  package func replace(_ access: AgentAccess) {
    // Away from the thread, for which everything else waits.
    for user in access.users { try? user.user.prepare() }
    orders.put(access)
    wakeup.wake()
  }

  /// Opens a listener while the thread runs. Returns when it has its address.
  package func open(_ listener: StreamListener) throws(AgentError) {
    try wait { streams throws(AgentError) in try streams.open(listener) }
  }

  /// Reads a listener's certificate, key and authorities again, for whoever connects from now on. On an error it goes on
  /// with those that it had.
  package func renew(_ listener: StreamListener) throws(AgentError) {
    try wait { streams throws(AgentError) in try streams.renew(listener) }
  }

  private func wait(_ work: @escaping @Sendable (StreamHub) throws(AgentError) -> Void) throws(AgentError) {
    let outcome = StartOutcome()
    let streams = streams
    let accepted = perform {
      do throws(AgentError) {
        try work(streams)
        outcome.set(nil)
      } catch {
        outcome.set(error)
      }
    }
    guard accepted else { throw .threadUnavailable(reason: "Net-SNMP's thread takes no more work") }
    if let error = outcome.wait() { throw error }
  }

  /// Closes a listener and its connections. Returns when nothing more comes from it.
  package func close(_ listener: StreamListener) {
    let outcome = StartOutcome()
    let streams = streams
    guard
      perform({
        streams.close(listener)
        outcome.set(nil)
      })
    else { return }
    _ = outcome.wait()
  }

  /// Ends the thread and returns when it is gone. Further calls do nothing.
  package func stop() {
    wakeup.requestStop()
    thread.join()
  }
}
