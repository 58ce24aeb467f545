internal import Logging
internal import Synchronization
internal import TrapArrival
internal import TrapBatching
internal import TrapClassification
internal import TrapDispatch
internal import TrapEngines
internal import TrapLedger
internal import TrapSecurity

/// Takes a new configuration while the daemon runs: all of it or nothing.
///
/// What can fail is done first and can be undone: adapters and sources are opened. Then the parts that stay are changed
/// in the order in which no trap finds a gap: who joins is there before a route names it, and who leaves is named by no
/// route any more before it goes.
internal final class Reloading: Sendable {
  private struct State {
    var configuration: Configuration
    var metadata: MetadataSources
  }

  /// Adapters that were opened for a configuration that is not in force yet.
  private struct Opened {
    var adapters: [String: any ProcessingEngine] = [:]
    var metadata: MetadataSources?
  }

  private let state: Mutex<State>
  private let parts: PipelineParts
  private let queue: ControlQueue
  private let usersChanged: @Sendable (CredentialsDirectory) -> Void
  private let log: Logger

  /// `usersChanged`: told of the credentials that are in force now.
  init(
    _ parts: PipelineParts, _ file: ConfigurationFile, queue: ControlQueue,
    usersChanged: @escaping @Sendable (CredentialsDirectory) -> Void, log: Logger
  ) {
    state = Mutex(State(configuration: file.configuration, metadata: parts.metadata))
    self.parts = parts
    self.queue = queue
    self.usersChanged = usersChanged
    self.log = log
  }

  var configuration: Configuration { state.withLock { $0.configuration } }

  /// Ends the sources of metadata.
  func stop() { state.withLock { $0.metadata }.stop() }

  /// The reasons why nothing was changed; empty where the new configuration is in force.
  func reload(_ file: ConfigurationFile) -> [String] {
    queue.wait {
      let old = state.withLock { $0 }
      let registered = parts.registry.all.filter { $0.value.registration != nil }.map(\.key)
      let plan = ReloadPlan(from: old.configuration, to: file.configuration, registered: registered)
      let refusals = plan.refusals + leaving(plan)
      guard refusals.isEmpty else { return refusals }
      do throws(StartFailure) {
        let opened = try open(plan, file.configuration, old.metadata)
        apply(plan, file.configuration, opened, old.metadata)
      } catch {
        return [error.description]
      }
      log.notice("reloaded: \(plan.summary)")
      return []
    }
  }

  /// An engine of the same name may still take what is left for it.
  private func leaving(_ plan: ReloadPlan) -> [String] {
    let draining = parts.dispatcher.status(now: SystemClock.monotonic()).filter { $0.state == .draining }.map(\.name)
    return plan.addedEngines.map(\.name).filter(draining.contains).map {
      "engine \($0) was removed a moment ago and still takes what is left for it; reload again when it has gone"
    }
  }

  private func open(
    _ plan: ReloadPlan, _ configuration: Configuration, _ former: MetadataSources
  ) throws(StartFailure) -> Opened {
    var opened = Opened()
    let formerUsers = parts.security.replace(by: configuration.security)
    do throws(StartFailure) {
      let changed = plan.changedEngines.filter { $0.adapter == .replaced }.map(\.engine)
      for engine in plan.addedEngines + changed {
        let buffers = plan.limits.engines.first { $0.name == engine.name }?.buffers ?? 0
        opened.adapters[engine.name] = try EngineFactory.open(
          engine, buffers: buffers, security: parts.security, log: log)
      }
      if plan.changesAssignment || plan.changesUnanswered {
        opened.metadata = try MetadataSources(
          configuration, routeSets: parts.routeSets, former: former,
          changed: { [changes = parts.metadataChanges] in changes.tell(()) }, log: log)
      }
      return opened
    } catch {
      for adapter in opened.adapters.values { adapter.stop() }
      parts.security.restore(formerUsers)
      throw error
    }
  }

  /// From now on messages are verified, answered and told apart as the new configuration says.
  private func secure(_ plan: ReloadPlan, _ configuration: Configuration) {
    guard plan.changesPolicies else { return }
    parts.security.prepare(log: log)
    let credentials = parts.security.credentials
    parts.answers.setUsers(credentials)
    usersChanged(credentials)
    parts.classifier.replace(
      ClassificationPolicies(configuration, lines: parts.lines, answers: parts.answers, credentials: credentials))
  }

  private func apply(
    _ plan: ReloadPlan, _ configuration: Configuration, _ opened: Opened, _ former: MetadataSources
  ) {
    let terms = RegistrationTerms(configuration, plan.limits)
    var inForce = configuration
    secure(plan, configuration)
    let bounds = Dictionary(plan.limits.engines.map { ($0.name, $0) }) { first, _ in first }
    if let octets = plan.eventQueue { parts.eventQueue.resize(bound: octets) }
    parts.highWater.set(configuration, bound: plan.limits.eventQueue)
    for engine in plan.addedEngines {
      do throws(StartFailure) {
        try parts.registry.join(engine, bounds[engine.name]!, adapter: opened.adapters[engine.name]!, terms: terms)
      } catch {
        // Its name is free and its adapter open; what is left is that the ledger has no place.
        log.error("processing engine \(engine.name) could not join: \(error.description); the next reload tries again")
        opened.adapters[engine.name]?.stop()
        inForce.engines.removeAll { $0.name == engine.name }
      }
    }
    for change in plan.changedEngines {
      parts.registry.change(change, bounds[change.engine.name]!, adapter: opened.adapters[change.engine.name], terms)
    }
    if let metadata = opened.metadata {
      parts.classifier.replace(metadata.assignment, timeoutRoute: metadata.unanswered)
      parts.registry.awaitRoutes()
      former.stop(except: metadata)
      former.hide(from: parts.ledger.board, except: metadata)
      metadata.show(on: parts.ledger.board)
    }
    for engine in plan.removedEngines { parts.registry.leave(engine.name, now: SystemClock.monotonic()) }
    for change in plan.changedListeners where change.changesAdmission {
      let admission = change.listener.admission(local: parts.security.local)
      parts.listeners.first { $0.name == change.listener.name }?.setAdmission(admission)
      parts.streams.first { $0.name == change.listener.name }?.setAdmission(admission)
    }
    state.withLock { $0 = State(configuration: inForce, metadata: opened.metadata ?? former) }
    parts.dispatcher.reopen()
  }
}
