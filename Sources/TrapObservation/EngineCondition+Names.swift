extension EngineCondition.State {
  /// As `trapline status` and the API print it.
  package var name: String {
    switch self {
    case .idle: "idle"
    case .collecting: "collecting"
    case .delivering: "delivering"
    case .waitingRetry: "waiting-retry"
    case .draining: "draining"
    case .gone: "gone"
    }
  }
}

extension MetadataStatistics.Circuit {
  /// As `trapline metadata` and the API print it.
  package var name: String {
    switch self {
    case .closed: "closed"
    case .open: "open"
    case .halfOpen: "half-open"
    }
  }
}
