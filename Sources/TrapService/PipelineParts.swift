internal import Glibc
internal import Logging
internal import TrapArrival
internal import TrapBatching
internal import TrapClassification
internal import TrapDispatch
internal import TrapEngines
internal import TrapLedger
internal import TrapSecurity

/// The stages, opened and joined but not running. Opening is where a start fails: files, ports, directories.
internal struct PipelineParts {
  let ledger: Ledger
  let security: SecurityContext
  let budget: MemoryBudget
  let batchQueue: BatchQueue
  let routeSets = RouteSetTable()
  let observation: ObservationParts
  let eventQueue: EventQueue
  let dispatcher: Dispatcher
  /// Told by a source of metadata when all that it said may be wrong now.
  let metadataChanges = Announcement<Void>()
  let metadata: MetadataSources
  let classifier: Classifier
  let highWater: HighWaterMark
  let engineTimes: EngineTimesKeeper
  let answers: AnswerSender
  /// Of the listeners, in the order of the configuration.
  let lines: [ListenerLedger]
  let registry: EngineRegistry
  let listeners: [Listener]
  let streams: [StreamService]
  let netSNMP: NetSNMPService
  let monitor: MonitorService

  static func open(_ file: ConfigurationFile, sockets: [CInt], log: Logger) throws(StartFailure) -> PipelineParts {
    let ledger = try openLedger(file.configuration.daemon.stateDirectory.path, log: log)
    do throws(StartFailure) {
      let security = try SecurityContext.open(
        file.configuration, directory: file.configuration.daemon.stateDirectory.path, log: log)
      return try PipelineParts(file, ledger, security, sockets: sockets, log: log)
    } catch {
      // A start that fails in good order is no crash.
      ledger.close(at: UInt64(SystemClock.wall()))
      throw error
    }
  }

  private init(
    _ file: ConfigurationFile, _ ledger: Ledger, _ security: SecurityContext, sockets: [CInt], log: Logger
  ) throws(StartFailure) {
    let configuration = file.configuration
    let limits = file.limits
    self.ledger = ledger
    self.security = security
    budget = MemoryBudget(limit: limits.memoryLimit, board: ledger.board)
    ledger.set(.memoryLimit, UInt64(limits.memoryLimit))

    observation = ObservationParts(limits, ledger, budget)
    let departures = Announcement<String>()
    let notices = NoticeLog { log.warning("\($0)") }
    let notify: @Sendable (DispatchNotice) -> Void = { notice in
      if case .removed(let engine, let missed) = notice {
        departures.tell(engine)
        // Whoever left with nothing to lose is no reason to warn.
        if missed == 0 { return }
      }
      notices.note(notice)
    }
    let dispatchWaker = Waker()
    let queued = budget.open("event queue", bound: limits.eventQueue, gauge: .eventQueueBytes)
    eventQueue = EventQueue(
      boot: ledger.boots, bound: limits.eventQueue, routeSets: routeSets, waker: dispatchWaker, account: queued)
    highWater = HighWaterMark(queued, configuration, bound: limits.eventQueue)
    eventQueue.setListeners(configuration.listeners.map(\.name))
    let deadLetters = DeadLetters(
      directory: configuration.daemon.stateDirectory.path + "/dead-letters", bound: 64 << 20, ledger: ledger,
      notify: notify)
    dispatcher = Dispatcher(
      queue: eventQueue, ledger: ledger, waker: dispatchWaker, deadLetters: deadLetters, seed: ledger.started,
      notify: notify)

    let classificationWaker = Waker()
    batchQueue = BatchQueue(
      name: "classification", limits: limits.batchQueue, waker: classificationWaker,
      account: budget.open("batch queue", bound: limits.batchQueue.bound, gauge: .batchQueueBytes),
      traps: ledger.board.gauge(.batchQueueTraps))
    metadata = try MetadataSources(
      configuration, routeSets: routeSets, changed: { [changes = metadataChanges] in changes.tell(()) }, log: log)
    answers = AnswerSender(
      local: security.local, statistics: security.statistics, settings: limits.answering, now: SystemClock.monotonic())
    budget.open("answers", bound: limits.answering.pinnedOctets).set(answers.statistics.pinnedOctets)
    lines = try PipelineParts.lines(ledger, configuration)
    var setup = PipelineParts.classification(
      configuration, limits, batchQueue, classificationWaker, EventQueueLog(eventQueue), ledger, metadata, budget,
      routeSets, log: log)
    setup.sources = observation.buffer
    setup.policies = ClassificationPolicies(
      configuration, lines: lines, answers: answers, credentials: security.credentials)
    let recent = configuration.daemon.agent?.log.traps.map { RecentTraps($0, now: SystemClock.monotonic()) }
    setup.recent = recent
    budget.open("recent traps", bound: limits.notificationLog).set(limits.notificationLog)
    PipelineParts.secure(&setup, configuration, limits, budget, security, highWater, log: log)
    classifier = Classifier(setup)
    engineTimes = EngineTimesKeeper(
      directory: configuration.daemon.stateDirectory.path, classifier: classifier, log: log)
    metadataChanges.hear { [classifier] _ in classifier.invalidateAll() }
    registry = EngineRegistry(
      dispatcher: dispatcher, classifier: classifier, ledger: ledger, buffer: observation.buffer, log: log)
    departures.hear { [registry] in registry.hasLeft($0) }
    let terms = RegistrationTerms(configuration, limits)
    for (engine, bounds) in zip(configuration.engines, limits.engines) {
      try registry.join(engine, bounds, terms: terms, security: security, log: log)
    }

    listeners = try PipelineParts.openListeners(
      configuration, sockets, batchQueue, lines, answers, security.local, observation.buffer, log: log)
    let buffer = observation.buffer
    streams = configuration.listeners.indices.compactMap { [answers, batchQueue, lines] number in
      StreamService.make(
        configuration, number, queue: batchQueue, line: lines[number], answers: answers, local: security.local,
        sources: buffer)
    }
    let connections = configuration.listeners.filter(\.address.transport.isConnected).map(\.connections.most)
    if let complaint = DescriptorLimit.complaint(connections: connections.reduce(0, +)) { log.warning("\(complaint)") }
    netSNMP = NetSNMPService(configuration, security, recent: recent, log: log)
    monitor = MonitorService(configuration, board: ledger.board, security: security, log: log)
  }

  private static func classification(
    _ configuration: Configuration, _ limits: Limits, _ queue: BatchQueue, _ waker: Waker, _ trapLog: EventQueueLog,
    _ ledger: Ledger, _ metadata: MetadataSources, _ budget: MemoryBudget, _ routeSets: RouteSetTable, log: Logger
  ) -> ClassifierSetup {
    var setup = ClassifierSetup(
      queue: queue, waker: waker, log: trapLog, ledger: ledger, metadata: metadata.assignment)
    setup.routeSets = routeSets
    setup.cache = CacheLimits(configuration.metadata, bound: limits.cache)
    setup.holding = HoldingLimits(configuration.metadata, bound: limits.holding, unanswered: metadata.unanswered)
    setup.answersBound = Limits.answersOctets
    setup.firstRequestID = ledger.boots << 32
    setup.holdingAccount = budget.open("held traps", bound: limits.holding, gauge: .holdingBytes)
    setup.cacheAccount = budget.open("metadata cache", bound: limits.cache, gauge: .cacheBytes)
    setup.notice = { change in
      let level: Logger.Level = change.isRepeat ? .debug : change.circuit == .open ? .warning : .info
      log.log(level: level, "\(change.line(now: SystemClock.monotonic()))")
    }
    return setup
  }

  /// What SNMPv3 and informs ask of the classification.
  private static func secure(
    _ setup: inout ClassifierSetup, _ configuration: Configuration, _ limits: Limits, _ budget: MemoryBudget,
    _ security: SecurityContext, _ highWater: HighWaterMark, log: Logger
  ) {
    setup.localEngine = security.local
    setup.usmStatistics = security.statistics
    setup.restore(
      EngineTimesKeeper.former(configuration, log: log), now: SystemClock.monotonic(), wall: SystemClock.wall())
    setup.verification.keys = limits.security.keys
    setup.verification.engines = limits.security.engines
    setup.verification.repeats = limits.security.repeats
    setup.informs = InformLimits(
      window: configuration.daemon.informs.repeatWindow, bound: limits.security.informRepeats)
    setup.verificationAccount = budget.open("SNMPv3 verification", bound: limits.security.verification)
    setup.informAccount = budget.open("answered informs", bound: limits.security.informRepeats)
    setup.isAboveHighWater = { highWater.isExceeded }
    let names = configuration.listeners.map(\.name)
    setup.refusalNotice = { refusal in
      let line = "listener \(names[Int(refusal.listener)]): \(refusal.line)"
      log.log(level: refusal.isExpected ? .info : .warning, "\(line)")
    }
  }

  private static func lines(
    _ ledger: Ledger, _ configuration: Configuration
  ) throws(StartFailure) -> [ListenerLedger] {
    var lines: [ListenerLedger] = []
    for listener in configuration.listeners {
      do throws(LedgerError) {
        lines.append(try ledger.listener(listener.name))
      } catch {
        throw StartFailure(error)
      }
    }
    return lines
  }

  private static func openLedger(_ directory: String, log: Logger) throws(StartFailure) -> Ledger {
    try StateDirectory.make(directory)
    do throws(LedgerError) {
      let ledger = try Ledger.open(directory: directory, now: UInt64(SystemClock.wall()), processID: getpid())
      if let former = ledger.crashedRun { log.warning("\(former.account)") }
      return ledger
    } catch {
      throw StartFailure(error)
    }
  }

  private static func openListeners(
    _ configuration: Configuration, _ descriptors: [CInt], _ queue: BatchQueue, _ lines: [ListenerLedger],
    _ answers: AnswerSender, _ local: LocalEngine, _ sources: InterprocessBuffer, log: Logger
  ) throws(StartFailure) -> [Listener] {
    var listeners: [Listener] = []
    // Where there was no run before, or none that can be read, all drops of an inherited socket are this run's.
    let former = try? Ledger.read(directory: configuration.daemon.stateDirectory.path, former: true)
    do throws(ArrivalError) {
      var inherited = try InheritedSockets(descriptors: descriptors)
      for (index, listener) in configuration.listeners.enumerated() where listener.address.transport == .udp {
        let address = ListenerAddress(address: listener.address.host, port: listener.address.port)
        let sockets = try inherited.open(
          address: address, lanes: listener.lanes, receiveBuffer: listener.receiveBuffer)
        for warning in sockets.warnings { log.warning("listener \(listener.name): \(warning)") }
        log.info(
          "listener \(listener.name): \(sockets.address), receive buffer \(sockets.receiveBuffer) octets granted")
        listeners.append(
          try Listener.make(
            name: listener.name, index: UInt16(index), sockets: sockets,
            admission: listener.admission(local: local), queue: queue, ledger: lines[index],
            former: former?.listeners.first { $0.name == listener.name }, answering: answers,
            sources: sources, now: SystemClock.monotonic()))
      }
      for address in inherited.unused {
        log.warning("\(address): the service manager handed this socket over, but no listener has its address")
      }
    } catch {
      throw StartFailure(error)
    }
    return listeners
  }
}
