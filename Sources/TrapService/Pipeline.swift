internal import Logging
internal import Synchronization
internal import TrapArrival
internal import TrapBatching
internal import TrapClassification
internal import TrapControl
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
  private let registry: EngineRegistry
  private let control: ControlService
  private let reloading: Reloading
  private let netSNMP: NetSNMPService
  private let monitor: MonitorService
  private let streams: [StreamService]
  private let answers: AnswerSender
  private let engineTimes: EngineTimesKeeper
  private let forgetting: ForgettingWatch
  private let security: SecurityContext
  private let observation: ObservationParts
  private let loops: [LoopBeat]
  private let readiness = Readiness()
  private let stageRows: StageRows
  private let log: Logger

  /// How long the engines have to end together, in nanoseconds: a program's own time, and some for it to be killed.
  private static let engineGrace: UInt64 = 8_000_000_000

  static func start(_ file: ConfigurationFile, sockets: [CInt], log: Logger) throws(StartFailure) -> Pipeline {
    let parts = try PipelineParts.open(file, sockets: sockets, log: log)
    let pipeline = Pipeline(parts, file, log: log)
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

  private init(_ parts: PipelineParts, _ file: ConfigurationFile, log: Logger) {
    ledger = parts.ledger
    budget = parts.budget
    listeners = parts.listeners
    classifier = parts.classifier
    dispatcher = parts.dispatcher
    registry = parts.registry
    control = ControlService(parts, file, log: log)
    reloading = Reloading(
      parts, file, queue: control.queue, usersChanged: { [control] in control.change($0) }, log: log)
    netSNMP = parts.netSNMP
    monitor = parts.monitor
    streams = parts.streams
    answers = parts.answers
    engineTimes = parts.engineTimes
    forgetting = ForgettingWatch { log.warning("\($0)") }
    security = parts.security
    observation = parts.observation
    let now = SystemClock.monotonic()
    loops = [LoopBeat(name: "classification", now: now), LoopBeat(name: "dispatch", now: now)]
    self.log = log
    stageRows = StageRows(
      budget: parts.budget, batchQueue: parts.batchQueue, classifier: parts.classifier, dispatcher: parts.dispatcher,
      registry: parts.registry)
    for beat in beats { ledger.board.adopt(beat.time) }
    parts.metadata.show(on: ledger.board)
  }

  private func run() throws(StartFailure) {
    do throws(StageThreadError) {
      try observation.start()
    } catch {
      throw StartFailure(error)
    }
    // Before the stages' threads, because it sets an environment variable; and its port may be taken.
    try netSNMP.start(snapshots: { [self] in snapshot() }, sources: sources)
    do throws(StageThreadError) {
      let thread = try DispatchThread.start(dispatcher, beat: loops[1])
      dispatch.withLock { $0 = thread }
      try classifier.start(beat: loops[0])
      try engineTimes.start()
      registry.classificationRuns()
    } catch {
      throw StartFailure(error)
    }
    try control.start(
      snapshots: { [self] in snapshot() }, sources: sources,
      supervision: Supervision(readiness: readiness, beats: beats))
    security.prepare(log: log)
    // Every gauge of a stage is there, and no trap has come yet.
    try monitor.start(on: netSNMP.threadAtWork, credentials: security.credentials)
    do throws(ArrivalError) {
      try answers.start()
      for listener in listeners { try listener.start() }
    } catch {
      throw StartFailure(error)
    }
    try netSNMP.open(streams)
    readiness.advance(to: .ready)
  }

  /// The loops that the watchdog watches.
  var beats: [LoopBeat] { listeners.flatMap(\.beats) + [answers.beat, observation.beat] + loops }

  /// Where it listens and to whom it hands over, in one line for the log.
  var summary: String {
    let heard = listeners.map { "\($0.name) on \($0.address)" } + streams.map { "\($0.name) on \($0.address)" }
    let addresses = heard.joined(separator: ", ")
    let names = registry.all.keys.sorted().joined(separator: ", ")
    return "listening: \(addresses); processing engines: \(names); SNMP agent: \(netSNMP.summary); "
      + "API: \(control.summary)"
  }

  /// The statistics as they are now, kernel drops included. From any thread.
  func snapshot() -> StatisticsSnapshot {
    for listener in listeners { listener.refreshKernelDrops() }
    ledger.set(.memoryUsed, UInt64(budget.used))
    var snapshot = StatisticsSnapshot(ledger: ledger, now: UInt64(SystemClock.wall()), version: Daemon.version)
    snapshot.buffer = observation.table.bufferStatistics
    snapshot.engineIndices = observation.table.engines.all
    stageRows.fill(&snapshot, now: SystemClock.monotonic())
    snapshot.thresholds = monitor.thresholds
    snapshot.managers = monitor.managers
    return snapshot
  }

  /// The table of sources, for views.
  var sources: any SourceRows { observation.table }

  /// Once a second or so, from the main thread.
  func tick() {
    let now = SystemClock.monotonic()
    control.tick(now: now)
    forgetting.note(ForgottenView(classifier.statistics), now: now)
  }

  /// Takes a new configuration, all of it or nothing; where nothing, the reasons are the answer.
  func reload(_ file: ConfigurationFile) -> [String] { reloading.reload(file) }

  /// Stops stage by stage and returns the account of what was left, a line each.
  func stop() -> [String] {
    readiness.advance(to: .stopping)
    let drain = reloading.configuration.daemon.drain
    for listener in listeners { listener.stop() }
    netSNMP.close(streams)
    engineTimes.stop()
    let deadline = SystemClock.monotonic() + drain
    classifier.stop(deadline: deadline)
    // What was accepted last is answered too.
    answers.stop()
    for listener in listeners { listener.closeSockets() }
    // Engines that fetch their batches go on doing so while the event queue drains.
    let report = dispatch.withLock { $0.take() }?.stop(deadline: deadline)
    control.stop()
    reloading.stop()
    let late = enginesStillRunning()
    monitor.stop()
    netSNMP.stop()
    observation.stop()
    return (report?.lines ?? []) + late
  }

  /// Asks every engine to end, waits for all of them together, and names those that did not: an engine may have taken
  /// traps that it has not dealt with yet, and what runs on when the daemon goes is killed by the service manager.
  private func enginesStillRunning() -> [String] {
    let engines = registry.atWork.values.map(\.engine).sorted { $0.name < $1.name }
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
