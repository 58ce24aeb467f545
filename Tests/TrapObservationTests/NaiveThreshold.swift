@testable import TrapObservation

/// One threshold as its definition reads: looked at with each update and at every tick, whatever it costs. No rates: these
/// have a test of their own.
struct NaiveThreshold {
  enum Phase { case fresh, quiet, held(UInt64), raised, muted }

  let kind: StatisticKind
  let rule: ThresholdRule
  let created: UInt64
  var phase = Phase.fresh
  var statistic: Int64
  var last: Int64
  var drained: UInt64 = 0
  var told: [String] = []
  var lastTold: UInt64?
  var pending: (text: String, changes: UInt64)?

  init(_ kind: StatisticKind, _ rule: ThresholdRule, value: Int64, now: UInt64) {
    self.kind = kind
    self.rule = rule
    created = now
    last = value
    if case .leakyBucket = kind { statistic = 0 } else { statistic = value }
  }

  mutating func look(_ value: Int64, at now: UInt64) {
    switch kind {
    case .absolute, .rate: statistic = value
    case .highWatermark: statistic = max(statistic, value)
    case .lowWatermark: statistic = min(statistic, value)
    case .leakyBucket(let drain, let period):
      let total = (now - created) * drain / period
      statistic = max(0, statistic - Int64(total - drained)) + max(0, value - last)
      drained = total
    }
    last = value
    step(at: now)
    release(at: now)
  }

  private func plain(_ value: ThresholdValue?) -> Int64? {
    if case .value(let plain) = value { plain } else { nil }
  }

  private var isReached: Bool {
    let limit = plain(rule.value)!
    return rule.kind.isAbove ? statistic >= limit : statistic <= limit
  }

  private var isLeft: Bool {
    guard let clear = plain(rule.clear) else { return !isReached }
    return rule.kind.isAbove ? statistic <= clear : statistic >= clear
  }

  private mutating func step(at now: UInt64) {
    switch phase {
    case .fresh where isReached && rule.startup == .ignore: phase = .muted
    case .fresh, .quiet:
      guard isReached else { return phase = .quiet }
      if rule.holdTime > 0 { phase = .held(now) } else { raise(at: now) }
    case .held(let since):
      if !isReached { phase = .quiet } else if now - since >= rule.holdTime { raise(at: now) }
    case .raised:
      guard isLeft else { return }
      phase = .quiet
      if rule.kind.cancels { tell("clear", at: now) }
    case .muted: if isLeft { phase = .quiet }
    }
  }

  private mutating func raise(at now: UInt64) {
    phase = .raised
    tell("raise", at: now)
  }

  private mutating func tell(_ what: String, at now: UInt64) {
    pending = ("\(what) \(statistic) at \(now)", (pending?.changes ?? 0) + 1)
    release(at: now)
  }

  private mutating func release(at now: UInt64) {
    guard let waiting = pending, lastTold.map({ now - $0 >= rule.minimumInterval }) ?? true else { return }
    told.append("\(waiting.text) ×\(waiting.changes)")
    pending = nil
    lastTold = now
  }
}
