/// What a new configuration changes while the daemon runs: all of it, or nothing where `refusals` is not empty.
///
/// Pure: it looks at two configurations and opens nothing. An engine or a metadata source is the same one where its
/// name is the same; what did not change keeps its adapter, its connections and its place in the event queue.
internal struct ReloadPlan: Equatable, Sendable {
  /// In the order of the new configuration. They start with what comes from now on.
  let addedEngines: [Configuration.Engine]
  /// As they were: each drains for its own `queue.drain`.
  let removedEngines: [Configuration.Engine]
  let changedEngines: [EngineChange]

  let addedSources: [Configuration.MetadataSource]
  /// Names.
  let removedSources: [String]
  /// As they are now: each takes the place of the one by its name.
  let changedSources: [Configuration.MetadataSource]
  /// The classifier needs another assignment: sources, or which of them serves which listener.
  let changesAssignment: Bool
  /// `<unanswered>` differs.
  let changesUnanswered: Bool

  let changedListeners: [ListenerChange]
  /// `<security>` differs.
  let changesSecurity: Bool
  /// `<agents>` differs.
  let changesAgents: Bool
  /// Who may ask our own agent for what, or with which secrets.
  let changesAccess: Bool
  /// Users, agents, or what is asked of a listener's messages differ.
  let changesPolicies: Bool

  /// `<monitor>` differs.
  let changesMonitor: Bool

  /// Octets of the event queue, where the new engines' buffers leave it another share.
  let eventQueue: Int?
  /// What is derived from the new configuration.
  let limits: Limits

  /// What takes effect with a restart only, a line each. Not empty: nothing may be changed.
  let refusals: [String]

  /// - Parameter registered: names of engines that registered at run time and are there now.
  init(from old: Configuration, to new: Configuration, registered: [String] = []) {
    let former = Limits.derived(from: old)
    let limits = Limits.derived(from: new)
    self.limits = limits
    eventQueue = limits.eventQueue == former.eventQueue ? nil : limits.eventQueue

    let changedUsers = ReloadPlan.changedUsers(old.security, new.security)
    let engines = ReloadDiff(old.engines, new.engines, name: \.name)
    addedEngines = engines.added
    removedEngines = engines.removed
    changedEngines = engines.kept.compactMap {
      EngineChange.between($0.old, former, $0.new, limits: limits, changedUsers: changedUsers)
    }

    let sources = ReloadDiff(old.metadata.sources, new.metadata.sources, name: \.name)
    addedSources = sources.added
    removedSources = sources.removed.map(\.name)
    changedSources = sources.kept.filter { $0.old != $0.new }.map(\.new)
    changesUnanswered = old.metadata.unanswered != new.metadata.unanswered

    let listeners = ReloadDiff(old.listeners, new.listeners, name: \.name)
    changedListeners = listeners.kept.compactMap { ListenerChange($0.old, $0.new) }
    changesSecurity = old.security != new.security
    changesAgents = old.agents != new.agents
    changesAccess = new.daemon.agent != nil && (changesSecurity || old.daemon.agent?.access != new.daemon.agent?.access)
    changesPolicies = changesSecurity || changesAgents || changedListeners.contains { $0.changesPolicy }
    changesAssignment =
      old.metadata.sources != new.metadata.sources || old.listeners.map(\.metadata) != new.listeners.map(\.metadata)

    changesMonitor = old.monitor != new.monitor
    refusals = ReloadPlan.refusals(old, new, listeners, added: engines.added, registered: registered)
  }

  /// Names of credentials that stand for somebody else now.
  private static func changedUsers(_ old: Configuration.Security, _ new: Configuration.Security) -> Set<String> {
    let kept = Set(new.users.filter { user in old.users.contains(user) }.map(\.credentials))
    return Set(old.users.map(\.credentials)).subtracting(kept)
  }
}
