/// Whether the AgentX master is there, read from what Net-SNMP logs: it has no call for it, and says the same line at
/// every attempt for as long as no master comes. Of that, one notice for each change.
internal struct MasterPresence {
  internal enum Verdict: Equatable {
    /// Nothing about the master; for the log as it is.
    case unrelated
    /// It only repeats what is known.
    case silent
    case notice(String)
  }

  /// The words here and below are those of agent/mibgroup/agentx/subagent.c.
  private static let absences = [
    "Failed to connect to the agentx master agent", "AgentX master disconnected us",
    "AgentX master agent failed to respond to ping",
  ]

  private enum State { case unknown, absent, connected }

  /// As Net-SNMP writes it: `unix:/var/agentx/master`.
  private let address: String
  private var state = State.unknown

  internal init(address: String) { self.address = address }

  internal mutating func judge(_ line: String) -> Verdict {
    if Self.absences.contains(where: { line.contains($0) }) {
      return change(
        to: .absent,
        "no AgentX master at \(address); start snmpd with `master agentx`, and let the daemon's user open the socket")
    }
    if line.contains("AgentX subagent connected") {
      return change(to: .connected, "connected to the AgentX master at \(address)")
    }
    // Said of every attempt, whatever comes of it.
    return line.contains("AgentX session to master agent attempted to be re-opened") ? .silent : .unrelated
  }

  private mutating func change(to new: State, _ text: String) -> Verdict {
    guard state != new else { return .silent }
    state = new
    return .notice(text)
  }
}
