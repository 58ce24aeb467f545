internal import TrapBatching
internal import TrapControl
internal import TrapDispatch
internal import TrapLedger

// Processing engines as the API shows them: what the dispatcher knows, what the ledger counts, and where each is from.
extension DaemonControl {
  func views() -> [EngineView] {
    let now = SystemClock.monotonic()
    let members = parts.registry.atWork
    let lines = Dictionary(parts.ledger.engines.map { ($0.name, $0) }) { first, _ in first }
    return parts.dispatcher.status(now: now).map { status in
      let member = members[status.name]
      var view = EngineView(
        name: status.name, kind: member?.kind ?? "pull",
        origin: member?.registration == nil ? "configuration" : "registration", state: status.state.rawValue)
      view.registration = member?.registration?.wish
      view.leaseSeconds = member?.leaseLeft(now: now).map { Double($0) / 1e9 }
      view.backlog = EngineView.Backlog(status)
      view.pace.limit = status.pace.limit
      view.pace.acknowledged = status.pace.acknowledged
      view.failures = status.failures
      view.lastError = status.lastError
      view.lastAcknowledged = status.lastAcknowledged.map { WallClockText.rfc3339($0) }
      if let line = lines[status.name] { view.count(line) }
      return view
    }
  }
}

extension EngineView.Backlog {
  fileprivate init(_ status: EngineStatus) {
    self.init()
    queued = status.backlog.queued
    queuedOctets = status.backlog.queuedOctets
    inFlight = status.backlog.inFlight
    inFlightOctets = status.backlog.inFlightOctets
    batchesInFlight = status.backlog.batchesInFlight
    acknowledgedBefore = status.backlog.acknowledgedBefore
    oldestSeconds = status.oldestAge.map { Double($0) / 1e9 }
  }
}

extension EngineView {
  /// Parts before the whole, as everywhere.
  fileprivate mutating func count(_ line: EngineLedger) {
    delivered = line.delivered
    for cause in Cause.causes(of: .missed) where line.missed(cause) > 0 { missed[cause.name] = line.missed(cause) }
    culled = line.culled
    replayed = line.replayed
    retries = line.retries
    batches = line.batches
    routed = line.routed
  }
}
