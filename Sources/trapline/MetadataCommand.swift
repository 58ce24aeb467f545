internal import ArgumentParser

struct MetadataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metadata",
    abstract: "Show what the daemon knows of its sources, and make it ask again.",
    discussion: """
      Metadata decides where the traps of a source go. 'show' tells how the metadata sources are doing, what the cache \
      holds, and which traps wait for an answer; 'flush' makes the daemon forget, so that the next trap asks again.

        trapline metadata                     sources, circuits, cache, holding areas
        trapline metadata flush 192.0.2.7     forget one source
        trapline metadata flush               forget them all
        trapline explain 192.0.2.7            what is known of one source, and why
      """,
    subcommands: [MetadataShowCommand.self, MetadataFlushCommand.self],
    defaultSubcommand: MetadataShowCommand.self)
}
