internal import Glibc
package import Logging
internal import Synchronization
internal import TrapBatching
package import TrapObservation

/// The SNMP agent: a standalone one, or an AgentX subagent. One thread of its own makes every call into Net-SNMP, which
/// is not thread-safe, keeps global state, and therefore can be started once in a process.
package final class SNMPAgent: Sendable {
  private static let started = Mutex(false)

  private let thread: StageThread
  private let wakeup: AgentWakeup

  private init(thread: StageThread, wakeup: AgentWakeup) {
    self.thread = thread
    self.wakeup = wakeup
  }

  /// Starts the agent and returns when it listens (standalone) or looks for its master (AgentX: the master may come
  /// later).
  ///
  /// Call it early: it sets an environment variable, which no other thread should be reading at that moment.
  /// `beat` is called by the agent's thread each time round its loop, at least once a second.
  package static func start(
    configuration: AgentConfiguration, snapshots: @escaping SnapshotSource, log: Logger,
    beat: @escaping @Sendable () -> Void = {}
  ) throws(AgentError) -> SNMPAgent {
    let base = try configuration.validated()
    guard let wakeup = AgentWakeup() else { throw .threadUnavailable(reason: "no pipe to wake it") }
    guard
      started.withLock({
        let first = !$0; $0 = true; return first
      })
    else { throw .alreadyStarted }
    NetSNMPLibrary.prepareEnvironment()
    let outcome = StartOutcome()
    let thread: StageThread
    do throws(StageThreadError) {
      thread = try StageThread(name: "agent") {
        let loop = AgentLoop(
          configuration: configuration, base: base, snapshots: snapshots, log: log, beat: beat, wakeup: wakeup)
        loop.run { outcome.set($0) }
      }
    } catch {
      throw .threadUnavailable(reason: error.reason)
    }
    if let error = outcome.wait() {
      thread.join()
      throw error
    }
    return SNMPAgent(thread: thread, wakeup: wakeup)
  }

  /// Ends the agent and returns when its thread is gone. Further calls do nothing.
  package func stop() {
    wakeup.requestStop()
    thread.join()
  }
}
