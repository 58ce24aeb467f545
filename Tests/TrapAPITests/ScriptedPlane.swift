import Synchronization
import TrapControl

/// A control plane of one table: every registered engine has one batch to fetch, and `boss` is of the configuration.
final class ScriptedPlane: ControlPlane {
  private struct State {
    var engines: [String: EngineView] = [
      "boss": EngineView(name: "boss", kind: "file", origin: "configuration", state: "idle")
    ]
    var waiting: [String: [LentBatch]] = [:]
    var lent: [String: Set<String>] = [:]
    var calls: [String] = []
    var registered: [String: EngineRegistration] = [:]
    var letters: [ReplayLetter] = []
    var counter = 0
    var health = Probe.ok
    var readiness = Probe.ok
  }

  private let state = Mutex(State())
  /// Batches of the engine `large` whose bodies nobody keeps any more.
  let letGo = Tally()
  /// Fetches that found nothing and wait, and those of them that were cancelled.
  let polls = Tally()
  let cancelledPolls = Tally()

  func set(health: Probe, readiness: Probe) { state.withLock { ($0.health, $0.readiness) = (health, readiness) } }

  var calls: [String] { state.withLock { $0.calls } }
  func registration(_ name: String) -> EngineRegistration? { state.withLock { $0.registered[name] } }
  var letters: [ReplayLetter] { state.withLock { $0.letters } }

  private func note(_ call: String, _ caller: ControlCaller) {
    let who = caller == .local ? "local" : "\(caller)"
    state.withLock { $0.calls.append("\(call) by \(who)") }
  }

  static let body =
    Array(
      #"{"sequence":4294967303,"received":"2026-11-21T03:20:11.123456Z","source":"192.0.2.7"}"#.utf8) + [10]

  /// More than a connection's buffers take in.
  static let largeBody = [UInt8](repeating: UInt8(ascii: "x"), count: (32 << 20) + 1)

  private final class Keeper: Sendable {
    private let letGo: Tally
    init(_ letGo: Tally) { self.letGo = letGo }
    deinit { letGo.add() }
  }

  func register(
    _ name: String, _ registration: EngineRegistration, by caller: ControlCaller
  ) async throws(ControlProblem) -> (view: EngineView, isNew: Bool) {
    note("register \(name)", caller)
    guard name != "boss" else {
      throw ControlProblem(409, "boss is an engine of the configuration; choose another name")
    }
    return state.withLock { state in
      let isNew = state.engines[name] == nil
      var view = EngineView(name: name, kind: "pull", origin: "registration", state: "idle")
      view.registration = registration
      view.leaseSeconds = 60
      view.missed = ["bound": 3]
      state.engines[name] = view
      state.registered[name] = registration
      state.counter += 1
      let id = "1-\(state.counter)"
      let headers = [
        ("Content-Type", "application/x-ndjson"), ("Trapline-Engine", name), ("Trapline-Batch", id),
        ("Trapline-Count", "1"), ("Trapline-First-Sequence", "4294967303"), ("Trapline-Last-Sequence", "4294967303"),
        ("Trapline-Missed", "12; first=1; last=12; from=2026-11-21T03:20:10Z; until=2026-11-21T03:20:11Z; cause=bound"),
        ("Trapline-Missed", "1; first=13; last=13; from=2026-11-21T03:20:11Z; until=2026-11-21T03:20:11Z; cause=bound"),
      ]
      var batch = LentBatch(id: id, headers: headers, body: name == "large" ? Self.largeBody : Self.body)
      batch.share = Keeper(letGo)
      state.waiting[name, default: []].append(batch)
      return (view, isNew)
    }
  }

  func unregister(_ name: String, by caller: ControlCaller) async throws(ControlProblem) {
    note("unregister \(name)", caller)
    _ = try known(name)
    guard name != "boss" else { throw ControlProblem(409, "boss is an engine of the configuration; remove it there") }
    state.withLock { _ = $0.engines.removeValue(forKey: name) }
  }

  func engines(for caller: ControlCaller) async -> [EngineView] {
    note("engines", caller)
    return state.withLock { $0.engines.values.sorted { $0.name < $1.name } }
  }

  func engine(_ name: String, by caller: ControlCaller) async throws(ControlProblem) -> EngineView {
    note("engine \(name)", caller)
    return try known(name)
  }

  private func known(_ name: String) throws(ControlProblem) -> EngineView {
    guard let view = state.withLock({ $0.engines[name] }) else {
      throw ControlProblem(404, "no engine is called \(name); register it with PUT /v1/engines/\(name)")
    }
    return view
  }

  func nextBatch(
    _ name: String, wait: UInt64, by caller: ControlCaller
  ) async throws(ControlProblem) -> LentBatch? {
    note("nextBatch \(name) \(wait)", caller)
    let view = try known(name)
    guard view.kind == "pull" else {
      throw ControlProblem(409, "\(name) does not fetch its batches; it is a \(view.kind)")
    }
    let batch = state.withLock { state -> LentBatch? in
      guard let batch = state.waiting[name]?.popLast() else { return nil }
      state.lent[name, default: []].insert(batch.id)
      return batch
    }
    if batch != nil || wait == 0 { return batch }
    polls.add()
    do {
      // Who waits for a minute is to be ended by what the test does, however slow the machine: the minute has no end.
      try await Task.sleep(for: wait < 60_000_000_000 ? .nanoseconds(wait) : .seconds(86_400))
    } catch {
      cancelledPolls.add()
    }
    return nil
  }

  func acknowledge(
    _ name: String, batch: String, _ outcome: AcknowledgeOutcome, by caller: ControlCaller
  ) async throws(ControlProblem) {
    note("acknowledge \(name) \(batch) \(outcome)", caller)
    _ = try known(name)
    guard state.withLock({ $0.lent[name]?.remove(batch) }) != nil else {
      throw ControlProblem(404, "\(batch) is not lent to \(name)")
    }
  }

  func replay(
    _ letters: [ReplayLetter], to name: String, by caller: ControlCaller
  ) async throws(ControlProblem) -> ReplayResult {
    note("replay \(letters.count) \(name)", caller)
    _ = try known(name)
    state.withLock { $0.letters = letters }
    return ReplayResult(replayed: letters.count, isFull: false)
  }

  func explain(
    _ question: Explanation.Question, by caller: ControlCaller
  ) async throws(ControlProblem) -> Explanation {
    note("explain \(question.source) \(question.trap ?? "-")", caller)
    guard question.source.contains(".") || question.source.contains(":") else {
      throw ControlProblem(400, "source is an address, not \"\(question.source)\"")
    }
    var entry = Explanation.Entry(listener: "main", metadata: "routes", state: "fresh")
    entry.routes = [Explanation.Route()]
    entry.decidedBy = 0
    entry.because = ["route 0 takes every trap"]
    var explanation = Explanation(question: question)
    explanation.entries = [entry]
    return explanation
  }

  func flushMetadata(source: String?, by caller: ControlCaller) async throws(ControlProblem) {
    note("flush \(source ?? "all")", caller)
    guard source != "nonsense" else { throw ControlProblem(400, "source is an address, not \"nonsense\"") }
  }

  func metadata(by caller: ControlCaller) async throws(ControlProblem) -> MetadataView {
    note("metadata", caller)
    var view = MetadataView()
    view.sources = [MetadataView.Source(name: "routes", kind: "rules")]
    return view
  }

  func status(by caller: ControlCaller) async throws(ControlProblem) -> StatusView {
    note("status", caller)
    var view = StatusView(version: "0.2.0", name: "noc-east", boots: 1, upSeconds: 12.5, ledger: "arrived 0")
    view.engines = await engines(for: caller)
    view.forgotten = ForgottenView()
    view.listeners = [ListenerView(name: "main")]
    view.causes.refused = ["kernel-drop": 3]
    var queue = QueueView(name: "event queue")
    (queue.traps, queue.refused) = (1, 2)
    view.queues = [queue, QueueView(name: "answers")]
    var threshold = ThresholdView(
      index: 1, gauge: "engine.lag.bytes", item: "boss", unit: "bytes", statistic: "absolute", kind: "above",
      severity: "major", raiseValue: 5)
    threshold.lastChange = "2026-11-21T03:20:11.123Z"
    threshold.clearValue = -5
    view.thresholds = [threshold]
    view.thresholdCount = 1
    view.busiest = [Self.source]
    view.sourceCount = 1
    return view
  }

  static let source: SourceView = {
    var source = SourceView(
      index: 1, address: "192.0.2.7", firstSeen: "2026-11-21T03:20:11.123Z", lastSeen: "2026-11-21T03:20:12Z")
    (source.arrived, source.refused, source.rate, source.lastTrap) = (9, 1, 3, "1.3.6.1.6.3.1.1.5.3")
    return source
  }()

  func sources(
    _ question: SourcesView.Question, by caller: ControlCaller
  ) async throws(ControlProblem) -> SourcesView {
    note("sources \(question.after) \(question.limit) \(question.address ?? "-")", caller)
    if question.address == "nonsense" { throw ControlProblem(400, "nonsense is no address") }
    guard question.address == nil || question.address == "192.0.2.7" else {
      throw ControlProblem(404, "no trap of \(question.address ?? "") has come")
    }
    var view = SourcesView()
    (view.sources, view.next, view.count) = ([Self.source], 1, 2)
    return view
  }

  func metrics(busiest: Int, by caller: ControlCaller) async throws(ControlProblem) -> [UInt8] {
    note("metrics \(busiest)", caller)
    return Array("# HELP trapline_boots Which start.\n# TYPE trapline_boots gauge\ntrapline_boots 1\n".utf8)
  }

  func health() async -> Probe { state.withLock { $0.health } }
  func readiness() async -> Probe { state.withLock { $0.readiness } }

  func poll(_ requests: [PollRequest], by caller: ControlCaller) async throws(ControlProblem) -> [PollAnswer] {
    note("poll \(requests.map(\.agent).joined(separator: " "))", caller)
    // The daemon looks up no names either.
    for request in requests where PollTarget(request.agent)?.host.contains(where: { ":.".contains($0) }) != true {
      throw ControlProblem(400, "\(request.agent) is not an address")
    }
    return requests.map { request in
      var answer = PollAnswer(agent: request.agent, status: .okay)
      answer.varbinds = request.oids.map { PollVarbind(oid: $0, type: "OctetString", value: .octets([0, 255])) }
      return answer
    }
  }

  func v3Engines(by caller: ControlCaller) async throws(ControlProblem) -> [V3EngineView] {
    note("v3 engines", caller)
    return [V3EngineView(engineID: "80001f8804", boots: 3, time: 12)]
  }

  func forgetV3Engine(_ id: String, by caller: ControlCaller) async throws(ControlProblem) {
    note("forget \(id)", caller)
    guard id == "80001f8804" else { throw ControlProblem(404, "\(id) is not known") }
  }
}
