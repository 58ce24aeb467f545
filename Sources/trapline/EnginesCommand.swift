internal import ArgumentParser

struct EnginesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engines",
    abstract: "Show the processing engines and how they keep up, or remove one that registered.",
    discussion: """
      An engine of the configuration and one that registered while the daemon runs stand side by side: what is queued \
      for each, how fast it acknowledges, what it missed and what it last complained of.

        trapline engines
        trapline engines --json | jq '.[] | select(.backlog.queued > 0) | .name'
        trapline engines remove reporting
      """,
    subcommands: [EnginesListCommand.self, EnginesRemoveCommand.self],
    defaultSubcommand: EnginesListCommand.self)
}
