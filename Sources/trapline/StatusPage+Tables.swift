internal import TrapControl

// Listeners, connections, processing engines and metadata: a row each.
extension StatusPage {
  var listenerLines: [String] {
    var table = FittedTable([
      .text("listener", rank: 0), .number("arrived", rank: 0), .number("now", rank: 1), .number("accepted", rank: 2),
      .number("answered", rank: 4), .number("refused", rank: 1), .number("undecided", rank: 3),
    ])
    for line in ledger.listeners ?? [] {
      let refused = line.refused.values.reduce(0, +)
      table.add([
        FittedTable.Cell(line.name), count(line.arrived), now(rates?.listeners, line.name), count(line.accepted),
        count(line.answered), count(refused), count(line.undecided, line.undecided < 0 ? .red : nil),
      ])
    }
    return table.isEmpty ? [] : [""] + table.lines(paint, width: width)
  }

  /// A rate for each row once there are two readings.
  private func now(_ rates: [String: Double]?, _ name: String) -> FittedTable.Cell {
    FittedTable.Cell(rates.map { Digits.rate($0[name] ?? 0) } ?? "")
  }

  private func count(_ value: some BinaryInteger, _ ink: Paint.Ink? = nil) -> FittedTable.Cell {
    FittedTable.Cell(Digits.grouped(value), ink)
  }

  var connectionLines: [String] {
    var table = FittedTable([
      .text("connections", rank: 0), .number("open", rank: 0), .number("accepted", rank: 2),
      .number("refused", rank: 1), .number("failed handshakes", rank: 1), .number("idle", rank: 3),
    ])
    for line in ledger.listeners ?? [] {
      guard let all = line.connections else { continue }
      table.add(
        [FittedTable.Cell(line.name)]
          + [all.open, all.accepted, all.refused, all.failedHandshakes, all.idleClosed].map { count($0) })
    }
    return table.isEmpty ? [] : [""] + table.lines(paint, width: width)
  }

  var engineLines: [String] {
    let live = Dictionary((status.live?.engines ?? []).map { ($0.name, $0) }) { first, _ in first }
    var table = FittedTable([
      .text("engine", rank: 0), .text("state", rank: 0), .number("routed", rank: 8), .number("delivered", rank: 3),
      .number("now", rank: 1), .number("pace", rank: 6), .number("queued", rank: 1), .number("in flight", rank: 4),
      .number("missed", rank: 2), .number("lag", rank: 1), .number("oldest", rank: 1),
      .number("acknowledged", rank: 5), .number("credits", rank: 7),
    ])
    for line in ledger.engines ?? [] {
      let view = live[line.name]
      let missed = line.missed.values.reduce(0, +)
      table.add([
        FittedTable.Cell(line.name), live.isEmpty ? "" : state(view), count(line.routed), count(line.delivered),
        now(rates?.engines, line.name), FittedTable.Cell(view.map { EnginesPage.pace($0.pace) } ?? ""),
        count(line.queued), count(line.inFlight), count(missed, missed > 0 ? .yellow : nil),
        FittedTable.Cell(Digits.octets(line.lagOctets)),
        FittedTable.Cell(view?.backlog.oldestSeconds.map { Digits.seconds($0) } ?? ""),
        FittedTable.Cell(acknowledged(line.lastAcknowledged)), FittedTable.Cell(credits(view)),
      ])
    }
    return table.isEmpty ? [] : [""] + table.lines(paint, width: width)
  }

  private func state(_ engine: EngineView?) -> FittedTable.Cell {
    guard let engine else { return "gone" }
    return FittedTable.Cell(engine.state, ["waiting-retry": .red, "draining": .yellow][engine.state])
  }

  /// Batches in flight, and how many there may be where that is known.
  private func credits(_ engine: EngineView?) -> String {
    guard let engine else { return "" }
    let most = engine.registration?.throttle?.outstanding.map { " of \($0)" } ?? ""
    return "\(engine.backlog.batchesInFlight)\(most) out"
  }

  private func acknowledged(_ time: UInt64) -> String {
    time == 0 ? "never" : Digits.span(status.now > time ? status.now - time : 0) + " ago"
  }

  var metadataLines: [String] {
    var table = FittedTable([
      .text("metadata", rank: 0), .text("circuit", rank: 0), .number("requests", rank: 1), .number("keys", rank: 3),
      .number("failures", rank: 1), .number("outstanding", rank: 2),
    ])
    for source in status.live?.metadata.sources ?? [] {
      let ink: Paint.Ink = source.circuit == "closed" ? .green : source.circuit == "open" ? .red : .yellow
      table.add([
        FittedTable.Cell(source.name), FittedTable.Cell(source.circuit, ink), count(source.asked),
        count(source.keysAsked), count(source.failures), count(source.outstanding),
      ])
    }
    return table.isEmpty ? [] : [""] + table.lines(paint, width: width)
  }
}
