internal import ArgumentParser
internal import TrapHTTP

struct MetadataFlushCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flush",
    abstract: "Forget what metadata said of one source, or of all.",
    discussion: """
      The next trap of the source asks its metadata source again, and waits for the answer as the first one did. \
      Flushing all of them makes every source ask at once; the requests travel in batches.

        trapline metadata flush 192.0.2.7
        trapline metadata flush
      """)

  @Argument(help: "The source's address. All sources where there is none.")
  var source: String?
  @OptionGroup(title: "Where") var api: APIOptions

  func run() throws {
    try api.client().flushMetadata(source: source)
    StandardError.print("metadata: forgot \(source ?? "all sources")")
  }
}
