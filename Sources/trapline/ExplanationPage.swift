internal import TrapControl

/// Where a trap goes and why, as a person wants to read it.
struct ExplanationPage {
  let explanation: Explanation
  let paint: Paint

  var lines: [String] {
    let entries = explanation.entries.map(entryLines)
    guard !entries.isEmpty else { return [headline, "  No listener would take it."] }
    return [headline] + entries.joined(separator: [""])
  }

  private var headline: String {
    let question = explanation.question
    let trap = question.trap.map { oid in
      StandardTrap.name(of: oid).map { "\($0) (\(oid))" } ?? oid
    }
    let version = question.version.map { "SNMPv\($0) " } ?? ""
    return trap.map { "\(version)\($0) from \(question.source)" } ?? "\(version)traps from \(question.source)"
  }

  private func entryLines(_ entry: Explanation.Entry) -> [String] {
    var lines = [title(of: entry)]
    if let engineID = entry.engineID { lines.append("  engine ID \(engineID), user \(entry.user ?? "")") }
    for (index, route) in entry.routes.enumerated() {
      let isDecisive = entry.decidedBy == index
      let text = "\(isDecisive ? "→" : " ") route \(index + 1): \(ExplanationPage.text(of: route))"
      lines.append("  " + (isDecisive ? paint(text, .bold) : text))
    }
    lines += entry.because.map { "  - " + $0 }
    return lines + [outcome(of: entry)]
  }

  private func title(of entry: Explanation.Entry) -> String {
    let ink: Paint.Ink = ["fresh": .green, "refused": .red, "unanswered": .red][entry.state] ?? .yellow
    var line = "listener \(entry.listener), metadata \(entry.metadata): " + paint(entry.state, ink)
    if let left = entry.expiresSeconds { line += ", \(Digits.seconds(left)) left" }
    if entry.heldTraps > 0 { line += ", \(Digits.grouped(entry.heldTraps)) traps held" }
    if let request = entry.requestID { line += ", request \(request)" }
    if let credentials = entry.credentials { line += ", credentials \(credentials)" }
    if let level = entry.level { line += ", at least \(level)" }
    return line
  }

  /// `trap 1.3.6… version 2c with a community: alarms archive (site=LHR2)`.
  private static func text(of route: Explanation.Route) -> String {
    var conditions: [String] = []
    if let trap = route.trap { conditions.append("trap " + trap) }
    if !route.version.isEmpty { conditions.append("version " + route.version.joined(separator: ",")) }
    if !route.pdu.isEmpty { conditions.append("pdu " + route.pdu.joined(separator: ",")) }
    if route.hasCommunity { conditions.append("with its community") }
    let engines = route.engines.isEmpty ? "no engine" : route.engines.joined(separator: " ")
    return (conditions.isEmpty ? "any trap" : conditions.joined(separator: ", ")) + ": " + engines
      + attributes(route.attributes)
  }

  private func outcome(of entry: Explanation.Entry) -> String {
    guard !entry.isUndecided else {
      let open = "  " + paint("not decided yet", .yellow)
      let names = entry.engines.joined(separator: ", ")
      return names.isEmpty ? open : open + "; unless it is refused, it goes to " + paint(names, .green)
    }
    if entry.engines.isEmpty { return "  " + paint("no engine gets it", .red) }
    return "  goes to " + paint(entry.engines.joined(separator: ", "), .green)
      + ExplanationPage.attributes(entry.attributes)
  }

  private static func attributes(_ attributes: [String: String]) -> String {
    guard !attributes.isEmpty else { return "" }
    return " (" + attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ") + ")"
  }
}
