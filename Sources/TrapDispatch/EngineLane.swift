internal import TrapLedger

/// What the dispatcher knows of one processing engine. Lives inside the dispatcher's lock.
internal final class EngineLane {
  var engine: any ProcessingEngine
  let number: EngineNumber
  let ledger: EngineLedger
  var settings: DeliverySettings
  /// In the order in which they were fetched.
  var flights: [Flight] = []
  /// Answers of `unavailable` since the last better one. While there are any, one batch at a time is tried.
  var failures = 0
  var pausedUntil: UInt64 = 0
  /// How long the engine itself asked to be left alone, whatever it answers to batches that went out before.
  var askedUntil: UInt64 = 0
  var lastError: String?
  /// The oldest queued trap, where a fetch found its source in flight: nothing changes before an answer or its loss.
  var blockedHead: UInt64?
  var pace: DeliveryPace
  /// When batches that a former adapter was handed go to the present one, answered or not.
  var formerDeadline: UInt64?
  /// The engine takes no new traps and goes when its queue is empty, or then at the latest.
  var removalDeadline: UInt64?
  /// Traps acknowledged since the drain began.
  var deliveredInDrain: UInt64 = 0

  init(_ engine: any ProcessingEngine, _ number: EngineNumber, _ ledger: EngineLedger, _ settings: DeliverySettings) {
    self.engine = engine
    self.number = number
    self.ledger = ledger
    self.settings = settings
    pace = DeliveryPace(settings)
  }

  var name: String { ledger.name }

  /// Pauses after an `unavailable`: doubling, with up to half of it taken off at random, or as long as the engine said.
  func pause(now: UInt64, retryAfter: UInt64?, _ random: inout SplitMix64) {
    failures += 1
    let doubled = settings.pauseMin << UInt64(min(failures - 1, 20))
    let full = max(1, min(doubled, settings.pauseMax))
    let pause =
      retryAfter.map { min($0, EngineLane.retryAfterMax) } ?? full - UInt64.random(in: 0...full / 2, using: &random)
    pausedUntil = max(pausedUntil, now + pause)
    if retryAfter != nil { askedUntil = max(askedUntil, now + pause) }
  }

  /// An engine that asks for more is taken to be wrong.
  private static let retryAfterMax: UInt64 = 3_600_000_000_000

  /// The present adapter takes over what the former one was handed, where all of it is answered or the time is up.
  func endFormer(now: UInt64) {
    guard let deadline = formerDeadline else { return }
    if now >= deadline {
      for index in flights.indices where flights[index].isWithFormer {
        flights[index].isWithFormer = false
        flights[index].state = .ready
      }
    }
    if !flights.contains(where: { $0.isWithFormer }) { formerDeadline = nil }
  }

  /// Index of the flight whose turn it is, where one waits for being handed over.
  func readyFlight(now: UInt64) -> Int? {
    guard now >= pausedUntil, formerDeadline == nil else { return nil }
    if failures > 0 && flights.contains(where: { $0.state == .delivering }) { return nil }
    return flights.firstIndex { $0.state == .ready }
  }

  /// When the next batch is to be fetched; nil where an answer, an append or the end of a pause has to come first.
  func fetchTime(_ backlog: BacklogSurvey, isDraining: Bool, now: UInt64) -> UInt64? {
    guard mayFetch(backlog, now: now), let due = due(backlog, isDraining: isDraining, now: now) else { return nil }
    return max(due, isDraining || removalDeadline != nil ? pace.lastReady : pace.ready)
  }

  /// True where the credits and the pause allow a new batch to be fetched.
  private func mayFetch(_ backlog: BacklogSurvey, now: UInt64) -> Bool {
    let isBlocked = blockedHead != nil && blockedHead == backlog.headSequence
    return failures == 0 && now >= pausedUntil && formerDeadline == nil && !isBlocked
      && flights.count < settings.outstanding && backlog.inFlightOctets < settings.outstandingOctets
  }

  /// When what is queued makes a batch: `now` where it does, nil where nothing is queued.
  private func due(_ backlog: BacklogSurvey, isDraining: Bool, now: UInt64) -> UInt64? {
    guard let head = backlog.headAppended else { return backlog.unreportedGaps > 0 ? now : nil }
    let isFull = backlog.queued >= settings.batchTraps || backlog.queuedOctets >= settings.batchOctets
    return isFull || isDraining || removalDeadline != nil ? now : max(now, head + settings.maxWait)
  }
}
