extension ReloadPlan {
  /// What changes, in one line for the log.
  internal var summary: String {
    var parts: [String] = []
    func add(_ what: String, _ names: [String]) {
      if !names.isEmpty { parts.append("\(what): \(names.joined(separator: ", "))") }
    }
    add("engines added", addedEngines.map(\.name))
    add("removed", removedEngines.map(\.name))
    add("changed", changedEngines.map(\.engine.name))
    add("metadata added", addedSources.map(\.name))
    add("metadata removed", removedSources)
    add("metadata changed", changedSources.map(\.name))
    add("listeners changed", changedListeners.map(\.listener.name))
    if changesSecurity { parts.append("security changed") }
    if changesAccess && !changesSecurity { parts.append("access to the agent changed") }
    if changesAgents { parts.append("agents changed") }
    if changesUnanswered { parts.append("traps of unanswered keys go elsewhere") }
    if changesMonitor { parts.append("monitor changed") }
    return parts.isEmpty ? "nothing that runs differs" : parts.joined(separator: "; ")
  }
}
