internal import TrapBatching

extension InventoryEntry {
  /// For people, one line each; no community.
  package var lines: [String] {
    if isRefused { return ["refused: its traps are counted as metadata-refused"] }
    if let problem = program.problem {
      return ["its program cannot be read: \(problem)", "its traps go nowhere, counted as no-route"]
    }
    var lines = program.name.map { ["program \($0)"] } ?? []
    for (index, route) in program.routes.enumerated() { lines.append("\(index + 1). \(route.text)") }
    if !program.routes.contains(where: \.isUnconditional) {
      lines.append("any other trap: nowhere, counted as no-route")
    }
    lines += attributes.map { "\($0.name) = \($0.value)" }
    if let credentialsLine { lines.append(credentialsLine) }
    if let level { lines.append("at least \(level.rawValue)") }
    if let timeToLive { lines.append("asked again after \(timeToLive / 1_000_000) ms") }
    return lines
  }

  internal var credentialsLine: String? { credentials.map { "credentials \($0)" } }
}
