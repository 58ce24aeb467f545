internal import CNetSNMP
internal import Glibc
internal import Logging
internal import TrapObservation

/// What the agent's thread does from its start to its end.
internal final class AgentLoop {
  private let configuration: AgentConfiguration
  private let base: ObjectName
  private let beat: @Sendable () -> Void
  private let wakeup: AgentWakeup
  private let log: Logger
  private let subtree: ServedSubtree

  internal init(
    configuration: AgentConfiguration, base: ObjectName, snapshots: @escaping SnapshotSource, log: Logger,
    beat: @escaping @Sendable () -> Void, wakeup: AgentWakeup
  ) {
    self.configuration = configuration
    self.base = base
    self.beat = beat
    self.wakeup = wakeup
    self.log = log
    subtree = ServedSubtree(base: base, snapshots: snapshots)
  }

  /// Starts the agent, says how that went, and serves until it is told to stop.
  internal func run(started: (AgentError?) -> Void) {
    NetSNMPLog.install(log, mode: configuration.mode)
    NetSNMPLibrary.startAgent(configuration)
    let handle: CInt
    do {
      handle = try open()
    } catch {
      close(nsap: nil)
      started(error)
      return
    }
    started(nil)
    while !wakeup.isStopping {
      subtree.beginTurn(now: Self.now())
      agent_check_and_process(1)
      beat()
    }
    close(nsap: handle)
  }

  /// Returns the handle of the listening address; 0 for a subagent, which has none.
  private func open() throws(AgentError) -> CInt {
    try SubtreeHandler.register(subtree)
    NetSNMPLibrary.watch(wakeup)
    switch configuration.mode {
    case .agentx:
      NetSNMPLibrary.initialize()
      return 0
    case .standalone(let address):
      NetSNMPLibrary.initialize()
      NetSNMPLibrary.allow(configuration, view: base)
      return try NetSNMPLibrary.listen(on: address)
    }
  }

  private func close(nsap: CInt?) {
    if let nsap, nsap > 0 { netsnmp_deregister_agent_nsap(nsap) }
    NetSNMPLibrary.shutDown(wakeup)
    NetSNMPLog.remove()
  }

  /// Monotonic nanoseconds.
  private static func now() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
