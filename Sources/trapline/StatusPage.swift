internal import TrapControl

/// The ledger and the queues as a person wants to read them.
struct StatusPage {
  let status: DaemonStatus
  let paint: Paint

  private var ledger: LedgerReading { status.ledger }
  private var totals: LedgerReading.Totals { status.ledger.totals }

  var lines: [String] {
    [headline] + formerLines + [""] + lawLines + causeLines + listenerLines + connectionLines
      + engineLines + metadataLines + memoryLines + forgottenLines
  }

  private var headline: String {
    let up = Digits.span(status.now > ledger.started ? status.now - ledger.started : 0)
    guard let process = ledger.processID, let boots = ledger.boots else {
      return paint("running", .green) + ", up \(up)"
    }
    switch status.condition {
    case .running: return paint("running", .green) + ", process \(process), up \(up), start \(boots)"
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
    return [paint("the former run crashed", .red) + " with \(Digits.grouped(lost)) inside: \(places)"]
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
    terms.append(rest.1 < 0 ? paint(remainder, .red) : remainder)
    return "  \(whole) \(Digits.grouped(count)) = " + terms.joined(separator: " + ")
  }

  private var causeLines: [String] {
    var counts: [String: UInt64] = [:]
    for (name, count) in ledger.refused { counts["refused " + name] = count }
    for (name, count) in ledger.unrouted { counts["unrouted " + name] = count }
    for (name, count) in ledger.missed { counts["missed " + name] = count }
    guard !counts.isEmpty else { return ["", "not delivered: none"] }
    var table = TextTable()
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) { table.add(name, Digits.grouped(count)) }
    return ["", "not delivered, by cause"] + table.lines()
  }

  private var listenerLines: [String] {
    var table = TextTable()
    table.add("listener", "arrived", "accepted", "answered", "refused", "undecided")
    let listeners = ledger.listeners ?? []
    for line in listeners {
      let refused = line.refused.values.reduce(0, +)
      table.add(
        [line.name] + [line.arrived, line.accepted, line.answered, refused].map { Digits.grouped($0) }
          + [Digits.grouped(line.undecided)])
    }
    return listeners.isEmpty ? [] : [""] + table.lines()
  }

  private var connectionLines: [String] {
    var table = TextTable()
    table.add("connections", "open", "accepted", "refused", "failed handshakes", "idle")
    let listeners = (ledger.listeners ?? []).filter { $0.connections != nil }
    for line in listeners {
      guard let all = line.connections else { continue }
      table.add(
        [line.name]
          + [all.open, all.accepted, all.refused, all.failedHandshakes, all.idleClosed].map { Digits.grouped($0) })
    }
    return listeners.isEmpty ? [] : [""] + table.lines()
  }

  private var engineLines: [String] {
    let engines = ledger.engines ?? []
    let live = Dictionary(
      (status.live?.engines ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    guard !engines.isEmpty else { return [] }
    var table = TextTable()
    let more = live.isEmpty ? [] : ["pace", "credits"]
    table.add(["engine", "routed", "delivered", "queued", "in flight", "missed", "lag", "acknowledged"] + more)
    for line in engines {
      let missed = line.missed.values.reduce(0, +)
      let cells = [
        line.name, Digits.grouped(line.routed), Digits.grouped(line.delivered), Digits.grouped(line.queued),
        Digits.grouped(line.inFlight), Digits.grouped(missed), Digits.octets(line.lagOctets),
        acknowledged(line.lastAcknowledged),
      ]
      let view = live[line.name]
      table.add(cells + (live.isEmpty ? [] : [view.map { EnginesPage.pace($0.pace) } ?? "", credits(view)]))
    }
    guard !live.isEmpty else { return [""] + table.lines() }
    // The state stands last, since it may have a colour.
    let page = EnginesPage(engines: [], paint: paint)
    let states = ["state"] + engines.map { live[$0.name].map(page.state(of:)) ?? "gone" }
    return [""] + zip(table.lines(), states).map { $0 + "  " + $1 }
  }

  /// Batches in flight, and how many there may be where that is known.
  private func credits(_ engine: EngineView?) -> String {
    guard let engine else { return "" }
    let most = engine.registration?.throttle?.outstanding.map { " of \($0)" } ?? ""
    return "\(engine.backlog.batchesInFlight)\(most) out"
  }

  private var metadataLines: [String] {
    guard let metadata = status.live?.metadata, !metadata.sources.isEmpty else { return [] }
    return [""] + MetadataPage(view: metadata, paint: paint).sourceLines
  }

  private func acknowledged(_ time: UInt64) -> String {
    time == 0 ? "never" : Digits.span(status.now > time ? status.now - time : 0) + " ago"
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
    guard ledger.boots != nil else { return ["", "memory \(Digits.octets(used)) of \(Digits.octets(limit))"] }
    let queues = [("batch queue", "batchQueueOctets"), ("held", "holdingOctets"), ("event queue", "eventQueueOctets")]
      .map { "\($0.0) \(Digits.octets(ledger.gauges[$0.1] ?? 0))" }.joined(separator: ", ")
    return ["", "memory \(Digits.octets(used)) of \(Digits.octets(limit)) (\(queues))"]
  }
}
