internal import TrapControl

// What is wrong, the gravest first: what somebody who was called at night wants to see before anything else.
extension StatusPage {
  var problems: [StatusProblem] {
    thresholdProblems + engineProblems + metadataProblems + queueProblems + growingProblems
  }

  var problemLines: [String] {
    let found = problems
    guard !found.isEmpty else {
      // Without the daemon's own word, silence says nothing.
      guard status.condition == .running, ledger.boots != nil else { return [] }
      return ["", status.live == nil ? "the ledger alone: no API answers" : paint("nothing is wrong", .green)]
    }
    return ["", paint("wrong now", .bold)] + found.flatMap { $0.lines(paint, width: width) }
  }

  private var thresholdProblems: [StatusProblem] {
    (status.live?.thresholds ?? []).filter(\.isRaised).map { threshold in
      let item = threshold.item.isEmpty ? "" : " of \(threshold.item)"
      let statistic = threshold.statistic == "absolute" ? "" : " (\(threshold.statistic))"
      let since = threshold.lastChange.flatMap { Moment.age($0, now: status.now) }.map { ", for \($0)" } ?? ""
      let limit = threshold.kind.hasPrefix("below") ? "below" : "above"
      return StatusProblem(
        threshold.severity, threshold.severity == "major" ? .red : .yellow,
        "\(threshold.gauge)\(item)\(statistic) is \(Quantity.text(threshold.value, threshold.unit)), "
          + "\(limit) \(Quantity.text(threshold.raiseValue, threshold.unit))\(since)")
    }
  }

  private var engineProblems: [StatusProblem] {
    (status.live?.engines ?? []).filter { $0.failures > 0 || $0.state == "waiting-retry" }.map { engine in
      let times = engine.failures == 1 ? "once" : "\(engine.failures) times"
      let oldest = engine.backlog.oldestSeconds.map { ", oldest trap \(Digits.seconds($0)) old" } ?? ""
      let error = engine.lastError.map { ": \($0)" } ?? ""
      return StatusProblem(
        "engine \(engine.name)", .red, "\(engine.state), failed \(times) in a row\(oldest)\(error)")
    }
  }

  private var metadataProblems: [StatusProblem] {
    (status.live?.metadata.sources ?? []).filter { $0.circuit != "closed" }.map { source in
      let next = source.probeSeconds.map { ", next try in \(Digits.seconds($0))" } ?? ""
      let error = source.lastError.map { ": \($0)" } ?? ""
      return StatusProblem("metadata \(source.name)", .red, "circuit \(source.circuit)\(next)\(error)")
    }
  }

  /// Per cent of its bound from which a place is worth a line at the top.
  static let fullPercent = 80

  /// Where traps are on their way. Caches and pools are meant to be full.
  static let trapPlaces: Set<String> = ["batch queue", "held traps", "event queue"]

  private var queueProblems: [StatusProblem] {
    let full = (status.live?.queues ?? []).filter {
      StatusPage.trapPlaces.contains($0.name) && StatusPage.percent($0) >= StatusPage.fullPercent
    }
    let places = full.map { queue in
      StatusProblem(
        queue.name, .yellow,
        "\(StatusPage.percent(queue))% full, \(Digits.octets(queue.octets)) of \(Digits.octets(queue.boundOctets))")
    }
    guard let dropped = status.live?.buffer.dropped, dropped > 0 else { return places }
    return places + [
      StatusProblem("interprocess buffer", .yellow, "\(Digits.grouped(dropped)) commands found no room")
    ]
  }

  private var growingProblems: [StatusProblem] {
    (rates?.causes ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, rate in
      StatusProblem(name, .red, "grows by \(Digits.rate(rate))")
    }
  }
}
