internal import CNetSNMP
internal import Logging
internal import TrapBatching

/// What Net-SNMP's thread does from its start to its end.
internal final class NetSNMPLoop {
  private let parts: NetSNMPParts
  private let base: ObjectName?
  private let streams: StreamHub
  private let inbox: WorkInbox
  private let beat: @Sendable () -> Void
  private let wakeup: AgentWakeup
  private let log: Logger
  private let trapline: TraplineSubtree?
  private let subtrees: [ServedSubtree]

  /// `base` is the agent's, checked; nil without an agent.
  internal init(
    parts: NetSNMPParts, base: ObjectName?, streams: StreamHub, inbox: WorkInbox, log: Logger,
    beat: @escaping @Sendable () -> Void, wakeup: AgentWakeup
  ) {
    self.parts = parts
    self.base = base
    self.streams = streams
    self.inbox = inbox
    self.beat = beat
    self.wakeup = wakeup
    self.log = log
    trapline = parts.agent.flatMap { agent in
      base.map { TraplineSubtree(base: $0, snapshots: agent.snapshots, sources: agent.sources) }
    }
    subtrees = Self.subtrees(of: parts)
  }

  /// Starts the parts, says how that went, and serves until it is told to stop.
  internal func run(started: (AgentError?) -> Void) {
    NetSNMPLog.install(log, mode: parts.agent?.configuration.mode)
    if let agent = parts.agent {
      NetSNMPLibrary.startAgent(agent.configuration)
    } else {
      NetSNMPLibrary.startWithoutAgent(stateDirectory: parts.stateDirectory)
    }
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
      let now = SystemClock.monotonic()
      trapline?.beginTurn(now: now)
      for subtree in subtrees { subtree.beginTurn(now: now) }
      // Where a stream has more than its share of a turn, the next turn begins at once.
      agent_check_and_process(streams.hasMore ? 0 : 1)
      wakeup.acknowledge()
      for work in inbox.takeAll() { work() }
      streams.turn(now: SystemClock.monotonic())
      beat()
    }
    for work in inbox.close() { work() }
    close(nsap: handle)
  }

  /// Returns the handle of the agent's listening address; 0 where it has none.
  private func open() throws(AgentError) -> CInt {
    if let trapline { try SubtreeHandler.register(trapline) }
    for subtree in subtrees { try SubtreeHandler.register(subtree) }
    NetSNMPLibrary.watch(wakeup)
    NetSNMPLibrary.initialize()
    if let local = parts.agent?.identity?.local ?? parts.local { NetSNMPLibrary.identify(as: local) }
    NetSNMPLibrary.watch(streams)
    for listener in parts.streams { try streams.open(listener) }
    guard let agent = parts.agent, case .standalone(let address) = agent.configuration.mode else { return 0 }
    NetSNMPLibrary.allow(agent.configuration, views: views)
    return try NetSNMPLibrary.listen(on: address)
  }

  private var views: [ObjectName] { (trapline.map { [$0.base] } ?? []) + subtrees.map(\.base) }

  private func close(nsap: CInt?) {
    streams.closeAll()
    trapline?.end()
    if let nsap, nsap > 0 { netsnmp_deregister_agent_nsap(nsap) }
    NetSNMPLibrary.shutDown(wakeup, streams, hasAgent: parts.agent != nil)
    NetSNMPLog.remove()
  }

  private static func subtrees(of parts: NetSNMPParts) -> [ServedSubtree] {
    // A master agent has these itself, of its own engine.
    guard let agent = parts.agent, let identity = agent.identity, case .standalone = agent.configuration.mode else {
      return []
    }
    return EngineObjects.subtrees(of: identity)
  }
}
