internal import TrapDispatch
internal import TrapObservation

extension EngineCondition {
  init(_ status: EngineStatus) {
    self.init()
    state = State(status.state)
    queuedTraps = UInt64(status.backlog.queued)
    queuedOctets = UInt64(status.backlog.queuedOctets)
    inFlightOctets = UInt64(status.backlog.inFlightOctets)
    batchesInFlight = UInt64(status.backlog.batchesInFlight)
    credits = UInt64(status.credits)
    failures = UInt64(status.failures)
    lastError = status.lastError
    oldestAge = status.oldestAge
    paceLimit = status.pace.limit
    paceAcknowledged = status.pace.acknowledged
  }
}

extension EngineCondition.State {
  fileprivate init(_ state: EngineStatus.State) {
    self =
      switch state {
      case .idle: .idle
      case .collecting: .collecting
      case .delivering: .delivering
      case .waitingRetry: .waitingRetry
      case .draining: .draining
      }
  }
}
