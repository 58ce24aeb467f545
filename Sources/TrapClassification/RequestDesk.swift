internal import DequeModule
internal import TrapLedger

/// The requests to one source of metadata, in the order of their making. A slow source fills its own desk only.
internal struct RequestDesk {
  enum Circuit {
    case closed
    case open(probeAt: UInt64)
    case probing(UInt64)
  }

  let source: any MetadataSource
  let answersAtOnce: Bool
  var forming: UInt64?
  var ready = Deque<UInt64>()
  /// At most `HoldingLimits.outstanding`.
  var asked: [UInt64] = [] {
    didSet { requestsGauge?.set(Int64(asked.count)) }
  }
  var lastAnswer: UInt64 = 0
  private(set) var circuit = Circuit.closed {
    didSet { downGauge?.set(isDown ? 1 : 0) }
  }
  private let requestsGauge: WatchedGauge?
  private let downGauge: WatchedGauge?
  /// Failures in a row, and probes in a row that failed.
  private var failures = 0
  private var probes = 0
  var statistics: MetadataSourceStatistics
  /// Pinned by its pending keys, and by the held sources that were opened for it.
  var pinnedOctets = 0

  init(_ source: any MetadataSource, board: GaugeBoard?) {
    self.source = source
    requestsGauge = board?.gauge(.metadataRequests, item: source.name)
    downGauge = board?.gauge(.metadataDown, item: source.name)
    answersAtOnce = source.answersAtOnce
    statistics = MetadataSourceStatistics(name: source.name, kind: source.kind)
  }

  mutating func forget(_ id: UInt64) {
    if forming == id { forming = nil }
    ready.removeAll { $0 == id }
    asked.removeAll { $0 == id }
    loseProbe(id)
  }

  mutating func forgetAll() {
    forming = nil
    ready.removeAll()
    asked.removeAll()
    if case .probing(let id) = circuit { loseProbe(id) }
  }

  // MARK: - The circuit

  /// Nothing is asked but a probe, and entries past their end serve.
  var isDown: Bool {
    if case .closed = circuit { false } else { true }
  }

  var nextProbe: UInt64? {
    if case .open(let moment) = circuit { moment } else { nil }
  }

  /// Whether one more request may be asked now, apart from the bound of outstanding ones.
  func mayAsk(now: UInt64) -> Bool {
    switch circuit {
    case .closed: true
    case .open(let moment): moment <= now
    case .probing: false
    }
  }

  /// A request is asked: where the circuit is open, it is the probe.
  mutating func noteAsked(_ id: UInt64) -> MetadataNotice? {
    guard isDown else { return nil }
    circuit = .probing(id)
    return notice(.halfOpen, isRepeat: probes > 1)
  }

  mutating func noteAnswer(now: UInt64) -> MetadataNotice? {
    lastAnswer = now
    failures = 0
    probes = 0
    guard isDown else { return nil }
    circuit = .closed
    return notice(.closed)
  }

  /// An asking failed. `isSilence`: a whole timeout passed without any answer. `pause` says how long to wait after so
  /// many probes in a row.
  mutating func noteFailure(
    _ id: UInt64, reason: String, isSilence: Bool, allowed: Int, now: UInt64, pause: (Int) -> UInt64
  ) -> MetadataNotice? {
    let isNews = reason != statistics.lastError
    statistics.failures += 1
    statistics.lastError = reason
    failures += 1
    switch circuit {
    case .closed where isSilence || failures >= allowed: break
    case .probing(id): break
    case .closed, .open, .probing: return nil
    }
    probes += 1
    let moment = now + pause(probes)
    circuit = .open(probeAt: moment)
    return notice(.open, reason: reason, isRepeat: probes > 1 && !isNews)
  }

  /// The probe was withdrawn before it could fail: another one may take its place at once.
  private mutating func loseProbe(_ id: UInt64) {
    if case .probing(id) = circuit { circuit = .open(probeAt: 0) }
  }

  private func notice(_ circuit: MetadataCircuit, reason: String? = nil, isRepeat: Bool = false) -> MetadataNotice {
    MetadataNotice(
      source: statistics.name, circuit: circuit, reason: reason, nextProbe: nextProbe, isRepeat: isRepeat)
  }

  /// The row in `status`.
  var row: MetadataSourceStatistics {
    var row = statistics
    switch circuit {
    case .closed: row.circuit = .closed
    case .open: row.circuit = .open
    case .probing: row.circuit = .halfOpen
    }
    row.nextProbe = nextProbe
    row.outstanding = asked.count
    row.holdingOctets = pinnedOctets
    return row
  }
}
