internal import ArgumentParser

/// Where a daemon's ledger is read.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The daemon's state directory. Default: $STATE_DIRECTORY, $XDG_STATE_HOME/trapline or "
        + "~/.local/state/trapline, /var/lib/trapline; the first that holds a ledger.", valueName: "dir"))
  var state: String?

  @Option(help: ArgumentHelp("Ask the daemon's SNMP agent there in place of reading a file.", valueName: "host:port"))
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
}
