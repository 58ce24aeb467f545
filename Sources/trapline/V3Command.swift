internal import ArgumentParser

struct V3Command: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "v3",
    abstract: "Show the SNMPv3 engines that the daemon has heard, and make it forget one.",
    discussion: """
      The daemon keeps the boots and the time of each engine whose message it has verified, and refuses older ones: \
      recordings. A device that lost its boots, by a repair or a reset, is refused as well (not-in-time-window in the \
      ledger) until it is forgotten here.

        trapline v3 list
        trapline v3 forget 80001f880480a1b2c3
      """,
    subcommands: [V3ListCommand.self, V3ForgetCommand.self], defaultSubcommand: V3ListCommand.self)
}
