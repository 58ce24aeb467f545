/// What the daemon does on request. The HTTP API is a view of it; every call may come from any task.
package protocol ControlPlane: AnyObject, Sendable {
  /// Registers, or changes a registration by the same name. `isNew` where it was not there before.
  func register(
    _ name: String, _ registration: EngineRegistration, by caller: ControlCaller
  ) async throws(ControlProblem) -> (view: EngineView, isNew: Bool)
  /// Ends a registration at once: what is queued or lent is missed.
  func unregister(_ name: String, by caller: ControlCaller) async throws(ControlProblem)
  func engines(for caller: ControlCaller) async -> [EngineView]
  func engine(_ name: String, by caller: ControlCaller) async throws(ControlProblem) -> EngineView
  /// The engine's next batch; nil when none came within `wait` nanoseconds, or the task was cancelled. 429 where there is
  /// one, and no room for its body beside those that other clients are reading.
  func nextBatch(
    _ name: String, wait: UInt64, by caller: ControlCaller
  ) async throws(ControlProblem) -> LentBatch?
  /// 404 where the batch is not the engine's to answer for.
  func acknowledge(
    _ name: String, batch: String, _ outcome: AcknowledgeOutcome, by caller: ControlCaller
  ) async throws(ControlProblem)
  func replay(
    _ letters: [ReplayLetter], to name: String, by caller: ControlCaller
  ) async throws(ControlProblem) -> ReplayResult
  func explain(
    _ question: Explanation.Question, by caller: ControlCaller
  ) async throws(ControlProblem) -> Explanation
  /// Forgets what metadata said of one source, or of all.
  func flushMetadata(source: String?, by caller: ControlCaller) async throws(ControlProblem)
  func metadata(by caller: ControlCaller) async throws(ControlProblem) -> MetadataView
  func status(by caller: ControlCaller) async throws(ControlProblem) -> StatusView
  /// A part of the table of sources. 404 where one address was asked for and is not in it.
  func sources(
    _ question: SourcesView.Question, by caller: ControlCaller
  ) async throws(ControlProblem) -> SourcesView
  /// Prometheus' text exposition format 0.0.4, with a row for each of the `busiest` sources.
  func metrics(busiest: Int, by caller: ControlCaller) async throws(ControlProblem) -> [UInt8]
  /// Whether the loops that traps pass through turn. It and `readiness` must not wait for any of them.
  func health() async -> Probe
  /// Whether traps that are sent now are received.
  func readiness() async -> Probe
  /// Asks agents by SNMP; the answers come in the order of the requests. A cancelled task's requests are sent no more.
  func poll(_ requests: [PollRequest], by caller: ControlCaller) async throws(ControlProblem) -> [PollAnswer]
  /// The SNMPv3 engines whose clocks are known, in the order of their IDs.
  func v3Engines(by caller: ControlCaller) async throws(ControlProblem) -> [V3EngineView]
  /// Drops what is known of an engine's clock, so that its next message is its first. `id`: hexadecimal, with or without
  /// `0x`. 404 where it is not known.
  func forgetV3Engine(_ id: String, by caller: ControlCaller) async throws(ControlProblem)
}
