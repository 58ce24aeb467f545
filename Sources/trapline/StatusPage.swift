internal import TrapControl

/// The daemon as a person wants to see it in an incident: what is wrong first, then where the traps are.
struct StatusPage {
  let status: DaemonStatus
  let paint: Paint
  /// Columns of the terminal; nil: lines are as long as they get.
  var width: Int?

  var ledger: LedgerReading { status.ledger }
  var rates: StatusRates? { status.rates }
  private var totals: LedgerReading.Totals { status.ledger.totals }

  var lines: [String] {
    let top = Fold.lines(headline, columns: plainWidth, indent: 2) + formerLines + problemLines + [""] + lawLines
    let traps = rateLines + causeLines + listenerLines + connectionLines + engineLines
    return top + traps + sourceLines + queueLines + metadataLines + memoryLines + forgottenLines
  }

  /// Lines with a colour in them are not folded by their octets.
  private var plainWidth: Int? { paint.isOn ? nil : width }

  private var headline: String {
    let up = Digits.span(status.now > ledger.started ? status.now - ledger.started : 0)
    let name = status.live.map { "\($0.name), " } ?? ""
    guard let process = ledger.processID, let boots = ledger.boots else {
      return name + paint("running", .green) + ", up \(up)"
    }
    switch status.condition {
    case .running: return name + paint("running", .green) + ", process \(process), up \(up), start \(boots)"
    case .stopped: return paint("stopped", .yellow) + ", began \(up) ago, start \(boots)"
    case .crashed:
      return paint("crashed", .red) + ": process \(process) is gone and did not close its ledger, "
        + "start \(boots); the next start books what was inside as crash"
    case .former: return "the run before this one, begun \(up) ago, start \(boots)"
    }
  }

  private var formerLines: [String] {
    let crash = status.formerCrash ?? [:]
    let lost = crash.values.reduce(0, +)
    guard lost > 0 else { return [] }
    let places = crash.sorted { $0.key < $1.key }.filter { $0.value > 0 }
      .map { "\($0.key) \(Digits.grouped($0.value))" }.joined(separator: ", ")
    let head = "the former run crashed"
    var lines = Fold.lines("\(head) with \(Digits.grouped(lost)) inside: \(places)", columns: width, indent: 2)
    lines[0] = paint(head, .red) + lines[0].dropFirst(head.count)
    return lines
  }

  /// The three lines of the law. A term that must be zero at rest and is not stands out.
  private var lawLines: [String] {
    law(
      "arrived", totals.arrived,
      [("accepted", totals.accepted), ("answered", totals.answered), ("refused", totals.refused)],
      rest: ("undecided", totals.undecided))
      + law(
        "accepted", totals.accepted, [("placed", totals.placed), ("held", totals.held), ("unrouted", totals.unrouted)],
        rest: ("waiting", totals.waiting))
      + law(
        "routed", totals.routed,
        [("delivered", totals.delivered), ("in flight", totals.inFlight), ("missed", totals.missed)],
        rest: ("queued", totals.queued))
  }

  private func law(_ whole: String, _ count: UInt64, _ parts: [(String, UInt64)], rest: (String, Int64)) -> [String] {
    // A term is not torn from its count: the space between them is none to break a line at.
    let gap = "\u{a0}"
    let remainder = "\(rest.0)\(gap)\(Digits.grouped(rest.1))"
    let terms = parts.map { "\($0.0)\(gap)\(Digits.grouped($0.1))" } + [remainder]
    let text = "  \(whole)\(gap)\(Digits.grouped(count)) = " + terms.joined(separator: " +\(gap)")
    var lines = Fold.lines(text, columns: width, indent: 4)
    let last = lines.count - 1
    if rest.1 < 0, lines[last].hasSuffix(remainder) {
      lines[last] = lines[last].dropLast(remainder.count) + paint(remainder, .red)
    }
    return lines.map { $0.replacing(gap, with: " ") }
  }

  private var rateLines: [String] {
    guard let rates else { return [] }
    let parts = [
      "arrived \(Digits.rate(rates.arrived))", "accepted \(Digits.rate(rates.accepted))",
      "delivered \(Digits.rate(rates.delivered))",
    ]
    return Fold.lines(
      "  in the last \(Digits.seconds(rates.seconds)): " + parts.joined(separator: ", "), columns: width, indent: 4)
  }

  private var causeLines: [String] {
    var counts: [String: UInt64] = [:]
    for (name, count) in ledger.refused { counts["refused " + name] = count }
    for (name, count) in ledger.unrouted { counts["unrouted " + name] = count }
    for (name, count) in ledger.missed { counts["missed " + name] = count }
    guard !counts.isEmpty else { return ["", "not delivered: none"] }
    var table = FittedTable([
      .text("not delivered, by cause", rank: 0), .number("traps", rank: 0), .number("now", rank: 1),
    ])
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
      let rate = rates?.causes[name]
      table.add([
        FittedTable.Cell(name, rate == nil ? nil : .red), FittedTable.Cell(Digits.grouped(count)),
        FittedTable.Cell(rate.map { Digits.rate($0) } ?? ""),
      ])
    }
    return [""] + table.lines(paint, width: width)
  }

  /// Nothing in the ordinary case, when all is remembered for as long as it should be.
  private var forgottenLines: [String] {
    guard let forgotten = status.live?.forgotten else { return [] }
    let counts = [
      ("recent SNMPv3 messages", forgotten.messages), ("engine clocks", forgotten.clocks),
      ("answered informs", forgotten.informs), ("localized keys", forgotten.keys),
    ].filter { $0.1 > 0 }
    guard !counts.isEmpty else { return [] }
    let text = counts.map { "\($0.0) \(Digits.grouped($0.1))" }.joined(separator: ", ")
    return ["", paint("forgotten before their time", .yellow) + ", for want of room: \(text)"]
  }

  private var memoryLines: [String] {
    let (used, limit) = (ledger.gauges["memoryUsed"] ?? 0, ledger.gauges["memoryLimit"] ?? 0)
    guard limit > 0 else { return [] }
    let text = "memory \(Digits.octets(used)) of \(Digits.octets(limit))"
    guard ledger.boots != nil, status.live?.queues.isEmpty ?? true else { return ["", text] }
    let queues = [("batch queue", "batchQueueOctets"), ("held", "holdingOctets"), ("event queue", "eventQueueOctets")]
      .map { "\($0.0) \(Digits.octets(ledger.gauges[$0.1] ?? 0))" }.joined(separator: ", ")
    return [""] + Fold.lines("\(text) (\(queues))", columns: width, indent: 2)
  }
}
