internal import ArgumentParser

@main
struct Trapline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trapline",
    abstract: "Looks after a trapline daemon: its ledger, its queues, and whether it keeps its promise.",
    discussion: """
      No trap is lost silently. 'trapline status' shows where every trap went; 'trapline blast' sends as many as you \
      like and proves that each one is accounted for.

        trapline status                    the ledger and the queues, now
        trapline status --watch 2s         the same, again and again
        trapline blast                     100,000 traps to 127.0.0.1:1162, and the verdict
        trapline verify traps.json         check the far end: none missing, none twice, none out of order
      """,
    subcommands: [StatusCommand.self, BlastCommand.self, VerifyCommand.self])
}
