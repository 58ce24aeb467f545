internal import ArgumentParser

/// Where a daemon's ledger is read.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The daemon's state directory. Default: $STATE_DIRECTORY, $XDG_STATE_HOME/trapline or "
        + "~/.local/state/trapline, /var/lib/trapline; the first that holds a ledger.", valueName: "dir"))
  var state: String?

  /// The place to read, nil where nothing was asked for and no default holds a ledger.
  func source() -> (any LedgerSource)? {
    StateDirectory.resolve(state).map { LedgerFile(directory: $0) }
  }
}
