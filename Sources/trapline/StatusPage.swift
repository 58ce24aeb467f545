/// The ledger and the queues as a person wants to read them.
struct StatusPage {
  let status: DaemonStatus
  let color: Bool

  private var ledger: LedgerReading { status.ledger }
  private var totals: LedgerReading.Totals { status.ledger.totals }

  var lines: [String] {
    // An agent tells sums only: a table of one row would say them again.
    let tables = ledger.boots == 0 ? [] : listenerLines + engineLines
    return [headline] + formerLines + [""] + lawLines + causeLines + tables + memoryLines
  }

  private var headline: String {
    let up = Digits.span(status.now > ledger.started ? status.now - ledger.started : 0)
    switch status.condition {
    case .running where ledger.processID == 0: return paint("running", 32) + ", up \(up)"
    case .running: return paint("running", 32) + ", process \(ledger.processID), up \(up), start \(ledger.boots)"
    case .stopped: return paint("stopped", 33) + ", began \(up) ago, start \(ledger.boots)"
    case .crashed:
      return paint("crashed", 31) + ": process \(ledger.processID) is gone and did not close its ledger, "
        + "start \(ledger.boots); the next start books what was inside as crash"
    case .former: return "the run before this one, begun \(up) ago, start \(ledger.boots)"
    }
  }

  private var formerLines: [String] {
    let lost = status.formerCrash.values.reduce(0, +)
    guard lost > 0 else { return [] }
    let places = status.formerCrash.sorted { $0.key < $1.key }.filter { $0.value > 0 }
      .map { "\($0.key) \(Digits.grouped($0.value))" }.joined(separator: ", ")
    return [paint("the former run crashed", 31) + " with \(Digits.grouped(lost)) inside: \(places)"]
  }

  /// The three lines of the law. A term that must be zero at rest and is not stands out.
  private var lawLines: [String] {
    [
      law(
        "arrived", totals.arrived,
        [("accepted", totals.accepted), ("answered", totals.answered), ("refused", totals.refused)],
        rest: ("undecided", totals.undecided)),
      law(
        "accepted", totals.accepted, [("placed", totals.placed), ("held", totals.held), ("unrouted", totals.unrouted)],
        rest: ("waiting", totals.waiting)),
      law(
        "routed", totals.routed,
        [("delivered", totals.delivered), ("in flight", totals.inFlight), ("missed", totals.missed)],
        rest: ("queued", totals.queued)),
    ]
  }

  private func law(_ whole: String, _ count: UInt64, _ parts: [(String, UInt64)], rest: (String, Int64)) -> String {
    var terms = parts.map { "\($0.0) \(Digits.grouped($0.1))" }
    let remainder = "\(rest.0) \(Digits.grouped(rest.1))"
    terms.append(rest.1 < 0 ? paint(remainder, 31) : remainder)
    return "  \(whole) \(Digits.grouped(count)) = " + terms.joined(separator: " + ")
  }

  private var causeLines: [String] {
    var counts: [String: UInt64] = [:]
    for line in ledger.listeners {
      for (name, count) in line.refused { counts["refused " + name, default: 0] += count }
    }
    for (name, count) in ledger.unrouted { counts["unrouted " + name, default: 0] += count }
    for line in ledger.engines { for (name, count) in line.missed { counts["missed " + name, default: 0] += count } }
    guard !counts.isEmpty else { return ["", "not delivered: none"] }
    var table = TextTable()
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) { table.add(name, Digits.grouped(count)) }
    return ["", "not delivered, by cause"] + table.lines()
  }

  private var listenerLines: [String] {
    var table = TextTable()
    table.add("listener", "arrived", "accepted", "answered", "refused", "undecided")
    for line in ledger.listeners {
      let refused = line.refused.values.reduce(0, +)
      table.add(
        [line.name] + [line.arrived, line.accepted, line.answered, refused].map { Digits.grouped($0) }
          + [Digits.grouped(line.undecided)])
    }
    return ledger.listeners.isEmpty ? [] : [""] + table.lines()
  }

  private var engineLines: [String] {
    var table = TextTable()
    table.add("engine", "routed", "delivered", "queued", "in flight", "missed", "lag", "acknowledged")
    for line in ledger.engines {
      let missed = line.missed.values.reduce(0, +)
      table.add([
        line.name, Digits.grouped(line.routed), Digits.grouped(line.delivered), Digits.grouped(line.queued),
        Digits.grouped(line.inFlight), Digits.grouped(missed), Digits.octets(line.lagOctets),
        acknowledged(line.lastAcknowledged),
      ])
    }
    return ledger.engines.isEmpty ? [] : [""] + table.lines()
  }

  private func acknowledged(_ time: UInt64) -> String {
    time == 0 ? "never" : Digits.span(status.now > time ? status.now - time : 0) + " ago"
  }

  private var memoryLines: [String] {
    let (used, limit) = (ledger.gauges["memoryUsed"] ?? 0, ledger.gauges["memoryLimit"] ?? 0)
    guard limit > 0 else { return [] }
    guard ledger.boots > 0 else { return ["", "memory \(Digits.octets(used)) of \(Digits.octets(limit))"] }
    let queues = [("batch queue", "batchQueueOctets"), ("held", "holdingOctets"), ("event queue", "eventQueueOctets")]
      .map { "\($0.0) \(Digits.octets(ledger.gauges[$0.1] ?? 0))" }.joined(separator: ", ")
    return ["", "memory \(Digits.octets(used)) of \(Digits.octets(limit)) (\(queues))"]
  }

  private func paint(_ text: String, _ code: Int) -> String { color ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text }
}
