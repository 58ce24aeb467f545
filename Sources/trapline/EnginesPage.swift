internal import TrapControl

/// The processing engines as a person wants to read them.
struct EnginesPage {
  let engines: [EngineView]
  let paint: Paint

  var lines: [String] {
    guard !engines.isEmpty else { return ["There are no processing engines."] }
    return tableLines + errorLines
  }

  /// The state stands last, since it may have a colour.
  private var tableLines: [String] {
    var table = TextTable()
    table.add("engine", "kind", "delivered", "pace", "queued", "lag", "in flight", "missed")
    for engine in engines {
      table.add([
        engine.name, engine.kind, Digits.grouped(engine.delivered), EnginesPage.pace(engine.pace),
        Digits.grouped(engine.backlog.queued), EnginesPage.lag(engine.backlog),
        Digits.grouped(engine.backlog.inFlight), Digits.grouped(engine.missed.values.reduce(0, +)),
      ])
    }
    return zip(table.lines(), ["state"] + engines.map(state(of:))).map { $0 + "  " + $1 }
  }

  /// Traps a second acknowledged, and the limit where there is one: `980/s of 1,200/s`.
  static func pace(_ pace: EngineView.Pace) -> String {
    let limit = pace.limit.map { " of \(Digits.rate($0))" } ?? ""
    return Digits.rate(pace.acknowledged) + limit
  }

  private static func lag(_ backlog: EngineView.Backlog) -> String {
    guard backlog.queued > 0 else { return "none" }
    let octets = Digits.octets(UInt64(max(backlog.queuedOctets, 0)))
    return backlog.oldestSeconds.map { "\(Digits.seconds($0)), \(octets)" } ?? octets
  }

  func state(of engine: EngineView) -> String {
    let ink: Paint.Ink? = ["waiting-retry": .red, "draining": .yellow][engine.state]
    let lease = engine.leaseSeconds.map { ", lease \(Digits.seconds($0))" } ?? ""
    return paint(engine.state, ink) + lease
  }

  private var errorLines: [String] {
    engines.compactMap { engine in
      engine.lastError.map { error in
        let times = engine.failures > 1 ? " (\(engine.failures) times)" : ""
        return "  " + paint(engine.name, engine.failures > 0 ? .red : nil) + ": \(error)\(times)"
      }
    }
  }
}
