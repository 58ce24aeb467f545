import Foundation
import Logging
import TrapBatching
import TrapClassification
import TrapControl
import TrapDispatch
import TrapEngines
import TrapLedger

@testable import TrapService

/// The control plane with its registry, an event queue and a dispatcher that is turned by hand; nothing classifies.
final class ControlBench {
  /// Times are an hour, so that none is up on a slow machine. `guest` may use any name, but not see what comes from 10/8; `boss` is an administrator.
  static let configuration = """
    <trapline xmlns="urn:trapline:daemon:1">
      <daemon><api address="192.0.2.1:1180">
        <token name="guest" secret="env:GUEST"><filter source="10.0.0.0/8"/></token>
        <token name="other" secret="env:OTHER"/>
        <token name="boss" secret="env:BOSS" admin="yes"/>
      </api></daemon>
      <listeners>
        <listener name="lab" address="udp:[::]:1163" metadata="r" accept="all"/>
        <listener name="main" address="udp:[::]:1162" metadata="r" accept="all"/>
      </listeners>
      <metadata><rules name="r"><default engines="pager"/></rules></metadata>
      <engines><pull name="pager" ack-timeout="1h"><queue drain="1h"/><batch max-wait="0s"/></pull></engines>
    </trapline>
    """

  let directory: URL
  let file: ConfigurationFile
  let routeSets = RouteSetTable()
  let eventQueue: EventQueue
  let dispatcher: Dispatcher
  let security: SecurityContext
  let registry: EngineRegistry
  let control: DaemonControl
  private let ledger: Ledger
  private let departures = Announcement<String>()

  init(directory: URL? = nil, text: String = configuration) throws {
    let place = directory ?? FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    self.directory = place
    file = try ConfigurationFixture.parse(
      text,
      surroundings: Surroundings(
        variable: { $0 == "STATE_DIRECTORY" ? "/nowhere" : "\($0)-secret-of-a-test" },
        file: { path throws(OctetFileError) in try OctetFile.read(path, limit: 1) }))
    ledger = try Ledger.open(directory: nil, now: 0, processID: 1)
    let (waker, log) = (Waker(), Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    eventQueue = EventQueue(boot: 1, bound: 16 << 20, routeSets: routeSets, waker: waker)
    eventQueue.setListeners(file.configuration.listeners.map(\.name))
    dispatcher = Dispatcher(queue: eventQueue, ledger: ledger, waker: waker, seed: 1) { [departures] notice in
      if case .removed(let engine, _) = notice { departures.tell(engine) }
    }
    let batchQueue = BatchQueue(
      name: "test", limits: BatchLimits(traps: 1, octets: 1, maxWait: 0, outstanding: 1, bound: 1 << 20), waker: waker)
    let rules = RulesMetadata(rules: [], defaultEngines: ["pager"], routeSets: routeSets)
    var setup = ClassifierSetup(
      queue: batchQueue, waker: waker, log: EventQueueLog(eventQueue), ledger: ledger,
      metadata: MetadataAssignment(rules))
    setup.routeSets = routeSets
    let classifier = Classifier(setup)
    registry = EngineRegistry(
      dispatcher: dispatcher, classifier: classifier, ledger: ledger,
      buffer: InterprocessBuffer(bound: 0, board: ledger.board), log: log)
    departures.hear { [registry] in registry.hasLeft($0) }
    let security = try SecurityContext.open(file.configuration, directory: place.path, log: log)
    self.security = security
    let terms = RegistrationTerms(file.configuration, file.limits)
    for (engine, bounds) in zip(file.configuration.engines, file.limits.engines) {
      try registry.join(engine, bounds, terms: terms, security: security, log: log)
    }
    control = DaemonControl(
      ControlParts(
        registry: registry, classifier: classifier, dispatcher: dispatcher, eventQueue: eventQueue, ledger: ledger,
        queue: ControlQueue(), terms: terms, tokens: file.configuration.daemon.api?.tokens ?? [],
        file: RegistrationFile(stateDirectory: place.path), log: log)
    ) { StatusView(version: "", name: "", boots: 1, upSeconds: 0, ledger: "") }
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// The names in `registrations.json`.
  var kept: [String] {
    ((try? RegistrationFile(stateDirectory: directory.path).read()) ?? [:]).keys.sorted()
  }

  func register(
    _ name: String, by caller: ControlCaller = .local, _ change: (inout EngineRegistration) -> Void = { _ in }
  ) async throws(ControlProblem) {
    var wish = EngineRegistration()
    wish.batch = EngineRegistration.Batch()
    wish.batch?.maxWait = "0s"
    wish.lease = "1h"
    wish.ackTimeout = "1h"
    change(&wish)
    _ = try await control.register(name, wish, by: caller)
  }

  /// Routes one trap of `octets` octets to an engine and turns the dispatcher.
  func route(to engine: String, octets: Int = 61) {
    let number = routeSets.number(of: RouteSet(engines: [engine]))
    let facts = ArrivalFacts(received: 0, source: SourceAddress("10.0.0.1")!, port: 1, listener: 0)
    var slab = Slab(octetCapacity: 65_535, entryCapacity: 1)
    let datagram = [UInt8](repeating: 0, count: octets)
    let isTaken = slab.append(facts, datagram.span)
    precondition(isTaken)
    _ = eventQueue.append(slab, [Placement(route: number)], agents: [], now: SystemClock.monotonic())
    turn()
  }

  func turn() { _ = dispatcher.turn(now: SystemClock.monotonic(), wall: 0) }

  static func letter(_ change: (inout ReplayLetter) -> Void = { _ in }) throws -> ReplayLetter {
    let text =
      #"{"received":"2026-11-21T03:20:11.123456Z","listener":"main","source":"192.0.2.7","port":5,"raw":"MAA="}"#
    var letter = try JSONDecoder().decode(ReplayLetter.self, from: Data(text.utf8))
    change(&letter)
    return letter
  }
}
