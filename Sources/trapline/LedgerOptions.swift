internal import ArgumentParser

/// Where a daemon's ledger is read.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read the ledger's file in this state directory. Where no place is named: $STATE_DIRECTORY, "
        + "$XDG_STATE_HOME/trapline or ~/.local/state/trapline, /var/lib/trapline; the first that holds a ledger.",
      valueName: "dir"))
  var state: String?

  @Option(
    help: ArgumentHelp(
      "Ask the daemon's SNMP agent there. 'blast' tries 127.0.0.1:1161 where no place is named.", valueName: "host:port"
    ))
  var agent: String?
  @Option(help: "The agent's community.")
  var agentCommunity = "public"

  func validate() throws {
    if state != nil && agent != nil { throw ValidationError("--state and --agent are two places; name one.") }
  }

  /// The place to read, nil where nothing was asked for and no default holds a ledger.
  func source() throws -> (any LedgerSource)? {
    if let agent {
      let address = agent.hasPrefix("udp") ? agent : "udp:" + agent
      return try LedgerAgent(address: address, community: agentCommunity)
    }
    return StateDirectory.resolve(state).map { LedgerFile(directory: $0) }
  }

  /// As `source`, but where no place was named, the default agent comes before the file if it answers: it counts the
  /// kernel's drops at the moment of the request.
  func sourceForVerdict() throws -> (any LedgerSource)? {
    guard agent == nil, state == nil else { return try source() }
    let standard = try LedgerAgent(address: LedgerAgent.standardAddress, community: agentCommunity)
    do {
      _ = try standard.read()
      return standard
    } catch {
      // No agent there, or one of somebody else's: a daemon may run without.
      return try source()
    }
  }
}
