internal import Logging
internal import Synchronization
internal import TrapArrival
internal import TrapBatching
internal import TrapClassification
internal import TrapDispatch
internal import TrapEngines
internal import TrapLedger
internal import TrapObservation

/// The stages, in the order in which a trap meets them. The only file that names them all.
///
/// Started from the far end, so that nobody is handed a trap before it can take one; stopped from the near end, so that
/// everything on the way gets where it was going.
internal final class Pipeline: Sendable {
  let ledger: Ledger
  private let budget: MemoryBudget
  private let listeners: [Listener]
  private let classifier: Classifier
  private let dispatcher: Dispatcher
  private let dispatch = Mutex<DispatchThread?>(nil)
  private let engines: [any ProcessingEngine]
  private let agent: AgentService?
  private let routeSets: RouteSetTable
  private let loops: [LoopBeat]
  private let configuration: Mutex<Configuration>
  private let log: Logger

  /// How long the engines have to end together, in nanoseconds: a program's own time, and some for it to be killed.
  private static let engineGrace: UInt64 = 8_000_000_000

  static func start(_ file: ConfigurationFile, sockets: [CInt], log: Logger) throws(StartFailure) -> Pipeline {
    let parts = try PipelineParts.open(file, sockets: sockets, log: log)
    let pipeline = Pipeline(parts, file.configuration, log: log)
    do throws(StartFailure) {
      try pipeline.run()
    } catch {
      // What runs already may hold traps: they are handed over or counted before the ledger is closed.
      _ = pipeline.stop()
      pipeline.close()
      throw error
    }
    return pipeline
  }

  private init(_ parts: PipelineParts, _ configuration: Configuration, log: Logger) {
    ledger = parts.ledger
    budget = parts.budget
    listeners = parts.listeners
    classifier = parts.classifier
    dispatcher = parts.dispatcher
    engines = parts.engines
    agent = parts.agent
    routeSets = parts.routeSets
    let now = SystemClock.monotonic()
    loops = [LoopBeat(name: "classification", now: now), LoopBeat(name: "dispatch", now: now)]
    self.configuration = Mutex(configuration)
    self.log = log
  }

  private func run() throws(StartFailure) {
    // Before the stages' threads, because it sets an environment variable; and its port may be taken.
    try agent?.start(snapshots: { [self] in snapshot() })
    do throws(StageThreadError) {
      let thread = try DispatchThread.start(dispatcher, beat: loops[1])
      dispatch.withLock { $0 = thread }
      try classifier.start(beat: loops[0])
    } catch {
      throw StartFailure(error)
    }
    do throws(ArrivalError) {
      for listener in listeners { try listener.start() }
    } catch {
      throw StartFailure(error)
    }
  }

  /// The loops that the watchdog watches.
  var beats: [LoopBeat] { listeners.flatMap(\.beats) + loops }

  /// Where it listens and to whom it hands over, in one line for the log.
  var summary: String {
    let addresses = listeners.map { "\($0.name) on \($0.address)" }.joined(separator: ", ")
    let names = engines.map(\.name).joined(separator: ", ")
    return "listening: \(addresses); processing engines: \(names); SNMP agent: \(agent?.summary ?? "none")"
  }

  /// The statistics as they are now, kernel drops included. From any thread.
  func snapshot() -> StatisticsSnapshot {
    for listener in listeners { listener.refreshKernelDrops() }
    ledger.set(.memoryUsed, UInt64(budget.used))
    return StatisticsSnapshot(ledger: ledger, now: UInt64(SystemClock.wall()), version: Daemon.version)
  }

  /// Takes what a new configuration changes in the rules and re-opens files. Anything else that differs needs a restart:
  /// it is named in the answer, and then nothing has changed.
  func reload(_ file: ConfigurationFile) -> [String] {
    let refusals = configuration.withLock { old in
      let refusals = Reload.refusals(from: old, to: file.configuration)
      if refusals.isEmpty { old = file.configuration }
      return refusals
    }
    guard refusals.isEmpty else { return refusals }
    classifier.replace(RulesFactory.assignment(file.configuration, routeSets: routeSets), timeoutRoute: .none)
    dispatcher.reopen()
    return []
  }

  /// Stops stage by stage and returns the account of what was left, a line each.
  func stop() -> [String] {
    let drain = configuration.withLock { $0.daemon.drain }
    for listener in listeners { listener.stop() }
    let deadline = SystemClock.monotonic() + drain
    classifier.stop(deadline: deadline)
    let report = dispatch.withLock { $0.take() }?.stop(deadline: deadline)
    let late = enginesStillRunning()
    agent?.stop()
    return (report?.lines ?? []) + late
  }

  /// Asks every engine to end, waits for all of them together, and names those that did not: an engine may have taken
  /// traps that it has not dealt with yet, and what runs on when the daemon goes is killed by the service manager.
  private func enginesStillRunning() -> [String] {
    // A drain has stopped them already. A start that failed before dispatch ran has not, and a second call changes nothing.
    for engine in engines { engine.stop() }
    let deadline = SystemClock.monotonic() + Pipeline.engineGrace
    return engines.compactMap { engine in
      let now = SystemClock.monotonic()
      if engine.waitUntilStopped(nanoseconds: deadline > now ? deadline - now : 0) { return nil }
      return "processing engine \(engine.name) has not ended; what it was handed last may be lost with it"
    }
  }

  /// Closes the ledger of the run. Nothing is counted afterwards.
  func close() { ledger.close(at: UInt64(SystemClock.wall())) }
}
