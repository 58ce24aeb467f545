internal import TrapBatching
internal import TrapClassification
internal import TrapControl
internal import TrapObservation

// What people, collectors and supervisors look at. Everything is a view of one snapshot.
extension DaemonControl {
  /// Nanoseconds that a request spends at most on what waits in the interprocess buffer.
  static let drainTime: UInt64 = 5_000_000

  func status(by caller: ControlCaller) async throws(ControlProblem) -> StatusView {
    try checkAdministrator(caller)
    parts.sources?.drain(nanoseconds: DaemonControl.drainTime)
    var status = overview()
    status.engines = await engines(for: caller)
    status.metadata = try await metadata(by: caller)
    status.forgotten = ForgottenView(parts.classifier.statistics)
    if let table = parts.sources {
      status.sourceCount = table.count
      status.busiest = table.busiest(StatusView.busiestMax).map { SourceView($0) }
    }
    return status
  }

  func sources(
    _ question: SourcesView.Question, by caller: ControlCaller
  ) async throws(ControlProblem) -> SourcesView {
    try checkAdministrator(caller)
    guard let table = parts.sources else {
      throw ControlProblem(503, "there is no table of sources yet; ask again in a moment")
    }
    table.drain(nanoseconds: DaemonControl.drainTime)
    if let address = question.address { return try DaemonControl.source(address, in: table) }
    return SourcesView(table, question)
  }

  private static func source(
    _ text: String, in table: any SourceRows
  ) throws(ControlProblem) -> SourcesView {
    guard let address = SourceAddress(text) else {
      throw ControlProblem(400, "address=\(text.prefix(80)) is no IPv4 or IPv6 address")
    }
    guard let index = table.index(of: address), let row = table.row(index) else {
      throw ControlProblem(404, "no trap of \(address) has come in this run, or it made room for newer sources")
    }
    var view = SourcesView()
    view.sources = [SourceView(row)]
    (view.count, view.forgotten) = (table.count, table.forgotten)
    return view
  }

  func metrics(busiest: Int, by caller: ControlCaller) async throws(ControlProblem) -> [UInt8] {
    try checkAdministrator(caller)
    guard let pages = parts.metrics else { throw ControlProblem(503, "no statistics yet; ask again in a moment") }
    return await pages.page(busiest: busiest)
  }

  func health() async -> Probe { parts.supervision?.health(now: SystemClock.monotonic()) ?? .ok }

  func readiness() async -> Probe { parts.supervision?.readinessProbe ?? .ok }
}
