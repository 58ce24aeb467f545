internal import TrapLedger

/// One threshold on one gauge, and where it stands. Lives inside the lock of its gauge's watch.
internal struct ThresholdWatch {
  enum Phase: Equatable {
    /// There was no reading yet.
    case fresh
    /// Not reached, and armed.
    case quiet
    /// Reached, for not as long as the hold time.
    case held(since: UInt64)
    case raised
    /// It was reached at the first reading, and that is not to be reported. Armed when it is left.
    case muted
  }

  let index: UInt32
  let kind: StatisticKind
  /// Its actions may be exchanged.
  var rule: ThresholdRule
  private(set) var phase = Phase.fresh
  private(set) var raises: UInt64 = 0
  private(set) var clears: UInt64 = 0
  /// Wall clock; 0: never.
  private(set) var lastChange: UInt64 = 0
  /// The statistic's last value.
  private(set) var reading: Int64 = 0
  private(set) var bounds: ThresholdBounds?
  private var statistic: Statistic
  private var spacing: EventSpacing
  private var isComplete = false

  init(_ index: UInt32, _ kind: StatisticKind, _ rule: ThresholdRule, of gauge: WatchedGauge, now: UInt64) {
    self.index = index
    self.kind = kind
    self.rule = rule
    statistic = Statistic(
      kind, value: gauge.current, now: now, isCounter: gauge.name.isCounter, needsWhole: !rule.kind.isAbove)
    spacing = EventSpacing(minimum: rule.minimumInterval)
  }

  /// Actions alone make no other threshold.
  func matches(_ kind: StatisticKind, _ other: ThresholdRule) -> Bool {
    var plain = other
    plain.actions = rule.actions
    return self.kind == kind && plain == rule
  }

  /// The gauge has this value now. What time alone has done since it was last looked at is done first, at its own time:
  /// a timer may be late.
  mutating func look(_ value: Int64, _ now: UInt64, _ place: WatchPlace) {
    bounds = ThresholdBounds(rule, limit: place.gauge.limit)
    while let due = nextStep, due < now {
      if let reading = statistic.pass(to: due) { self.reading = reading }
      step(at: due, now, place)
    }
    if let reading = statistic.enter(value, now: now) {
      self.reading = reading
      isComplete = true
      step(at: now, now, place)
    }
    if let event = spacing.release(now: now) { place.surroundings.tell(event) }
  }

  /// The threshold goes: what it told of is told to be over.
  mutating func end(_ reason: ThresholdEvent.Reason, _ now: UInt64, _ place: WatchPlace) {
    if phase == .raised && rule.kind.cancels {
      phase = .quiet
      clears += 1
      let event = event(isRaise: false, reason, at: place.surroundings.wall(), place)
      if let told = spacing.offer(event, now: now) { place.surroundings.tell(told) }
    }
    tellPending(place)
  }

  /// Tells what waits for the end of its quiet time.
  mutating func tellPending(_ place: WatchPlace) {
    if let event = spacing.takePending() { place.surroundings.tell(event) }
  }

  // MARK: - Ranges and times

  /// The values of the gauge, `value` among them, within which nothing can change.
  func values(at value: Int64) -> ClosedRange<Int64> { statistic.values(for: range, at: value) }

  /// When it has to be looked at though its gauge does not change.
  var nextLook: UInt64? {
    let times = [nextStep, statistic.nextLook(within: range), spacing.nextLook]
    return times.lazy.compactMap { $0 }.min()
  }

  /// A value that the gauge would raise it at if it rose to it: for gauges that grow while nobody updates them.
  var nextAbove: Int64? {
    guard let bounds, bounds.isAbove, phase == .quiet else { return nil }
    return bounds.raise
  }

  /// The values of the statistic within which the phase stays.
  private var range: ClosedRange<Int64> {
    guard let bounds, isComplete else { return .min ... .max }
    switch phase {
    case .fresh: return .min ... .max
    case .quiet: return bounds.quiet
    case .held: return bounds.reached
    case .raised, .muted: return bounds.standing
    }
  }

  /// When the phase changes, or may, by time alone.
  private var nextStep: UInt64? {
    let leak = statistic.leakTime(within: range)
    guard case .held(let since) = phase else { return leak }
    return min(since.later(by: rule.holdTime), leak ?? .max)
  }

  // MARK: - Phases

  private mutating func step(at time: UInt64, _ now: UInt64, _ place: WatchPlace) {
    let isReached = bounds?.isReached(by: reading) ?? false
    switch phase {
    case .fresh:
      if isReached && rule.startup == .ignore { phase = .muted } else { arm(isReached, time, now, place) }
    case .quiet: arm(isReached, time, now, place)
    case .held(let since):
      if !isReached {
        phase = .quiet
      } else if time >= since.later(by: rule.holdTime) {
        raise(time, now, place)
      }
    case .raised: if bounds?.isLeft(by: reading) ?? true { clear(time, now, place) }
    case .muted: if bounds?.isLeft(by: reading) ?? true { phase = .quiet }
    }
  }

  private mutating func arm(_ isReached: Bool, _ time: UInt64, _ now: UInt64, _ place: WatchPlace) {
    guard isReached else { return phase = .quiet }
    if rule.holdTime > 0 { phase = .held(since: time) } else { raise(time, now, place) }
  }

  private mutating func raise(_ time: UInt64, _ now: UInt64, _ place: WatchPlace) {
    phase = .raised
    raises += 1
    note(isRaise: true, time, now, place)
  }

  private mutating func clear(_ time: UInt64, _ now: UInt64, _ place: WatchPlace) {
    phase = .quiet
    guard rule.kind.cancels else { return }
    clears += 1
    note(isRaise: false, time, now, place)
  }

  /// A change at `time`, found out now.
  private mutating func note(isRaise: Bool, _ time: UInt64, _ now: UInt64, _ place: WatchPlace) {
    let wall = place.surroundings.wall()
    let late = now > time ? now - time : 0
    lastChange = wall > late ? wall - late : 0
    let event = event(isRaise: isRaise, .value, at: lastChange, place)
    if let told = spacing.offer(event, now: now) { place.surroundings.tell(told) }
  }

  private func event(
    isRaise: Bool, _ reason: ThresholdEvent.Reason, at time: UInt64, _ place: WatchPlace
  ) -> ThresholdEvent {
    ThresholdEvent(
      index: index, gauge: place.gauge.name, item: place.gauge.item, statistic: kind.name, kind: rule.kind,
      severity: rule.severity, isRaise: isRaise, reason: reason, value: reading,
      thresholdValue: (isRaise ? bounds?.raise : bounds?.clear) ?? 0, time: time, changes: 1, actions: rule.actions)
  }

  // MARK: - For views

  func statistics(of gauge: WatchedGauge) -> ThresholdStatistics {
    var row = ThresholdStatistics(
      index: index, gauge: gauge.name, item: gauge.item, statistic: kind.name, kind: rule.kind.rawValue,
      severity: rule.severity, raiseValue: bounds?.raise ?? 0, clearValue: rule.kind.cancels ? bounds?.clear : nil)
    row.isRaised = phase == .raised
    row.isResting = bounds == nil
    row.value = reading
    row.raises = raises
    row.clears = clears
    row.lastChange = lastChange
    return row
  }
}
