internal import ArgumentParser
internal import Glibc
internal import TrapControl

@main
struct Trapline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trapline",
    abstract: "Looks after a trapline daemon: its ledger, its queues, and whether it keeps its promise.",
    discussion: """
      No trap is lost silently. 'trapline status' shows where every trap went; 'trapline blast' sends as many as you \
      like and proves that each one is accounted for.

        trapline status                    the ledger and the queues, now
        trapline status --watch            the same, again and again, with rates
        trapline sources --busiest         who sends most
        trapline blast                     100,000 traps to 127.0.0.1:1162, and the verdict
        trapline verify traps.json         check the far end: none missing, none twice, none out of order
      """,
    version: ProductVersion.text,
    subcommands: [
      StatusCommand.self, SourcesCommand.self, TailCommand.self, EnginesCommand.self, MetadataCommand.self,
      ExplainCommand.self,
      ReplayCommand.self, PollCommand.self, V3Command.self, InventoryCommand.self, BlastCommand.self,
      VerifyCommand.self,
    ])

  /// ArgumentParser calls wrong usage 64; here it is 2, as for the daemon.
  static func main() {
    do {
      var command = try parseAsRoot(StatusCommand.filled(Array(CommandLine.arguments.dropFirst())))
      try command.run()
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      StandardError.print(fullMessage(for: error))
      Glibc.exit(2)
    }
  }
}
