/// What happened between two readings of one run, a second.
struct StatusRates: Codable, Equatable {
  /// Between the two.
  var seconds: Double
  var arrived: Double
  var accepted: Double
  var routed: Double
  var delivered: Double
  /// By cause, those that were counted in between.
  var refused: [String: Double] = [:]
  var unrouted: [String: Double] = [:]
  var missed: [String: Double] = [:]
  /// What arrived at each listener, and what each processing engine acknowledged.
  var listeners: [String: Double] = [:]
  var engines: [String: Double] = [:]

  /// nil where the two are not of one run, or `seconds` is none.
  init?(from former: LedgerReading, to present: LedgerReading, seconds: Double) {
    guard seconds > 0, present.isSameRun(as: former) else { return nil }
    func rate(_ count: UInt64, since before: UInt64) -> Double {
      // A line of the ledger that was given to a newcomer begins anew.
      Double(count > before ? count - before : 0) / seconds
    }
    func rates(_ counts: [String: UInt64], since before: [String: UInt64]) -> [String: Double] {
      var rates: [String: Double] = [:]
      for (name, count) in counts { rates[name] = rate(count, since: before[name] ?? 0) }
      return rates.filter { $0.value > 0 }
    }
    self.seconds = seconds
    arrived = rate(present.totals.arrived, since: former.totals.arrived)
    accepted = rate(present.totals.accepted, since: former.totals.accepted)
    routed = rate(present.totals.routed, since: former.totals.routed)
    delivered = rate(present.totals.delivered, since: former.totals.delivered)
    refused = rates(present.refused, since: former.refused)
    unrouted = rates(present.unrouted, since: former.unrouted)
    missed = rates(present.missed, since: former.missed)
    listeners = rates(StatusRates.arrivals(present), since: StatusRates.arrivals(former))
    engines = rates(StatusRates.deliveries(present), since: StatusRates.deliveries(former))
  }

  private static func arrivals(_ reading: LedgerReading) -> [String: UInt64] {
    Dictionary((reading.listeners ?? []).map { ($0.name, $0.arrived) }, uniquingKeysWith: &+)
  }

  private static func deliveries(_ reading: LedgerReading) -> [String: UInt64] {
    Dictionary((reading.engines ?? []).map { ($0.name, $0.delivered) }, uniquingKeysWith: &+)
  }

  /// Everything that took a trap in between, with its term of the law before it: `refused kernel-drop`.
  var causes: [String: Double] {
    var all: [String: Double] = [:]
    for (name, rate) in refused { all["refused " + name] = rate }
    for (name, rate) in unrouted { all["unrouted " + name] = rate }
    for (name, rate) in missed { all["missed " + name] = rate }
    return all
  }
}
