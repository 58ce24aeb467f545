internal import ArgumentParser
internal import TrapControl
internal import TrapHTTP

struct SourcesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources",
    abstract: "Show who sends traps: how many, how fast, and the last one of each.",
    discussion: """
      In the order in which sources were first seen in this run. Indices are never used again in a run, so a list can be \
      taken in parts: --after the last index of the part before.

        trapline sources
        trapline sources 192.0.2.7
        trapline sources --busiest
        trapline sources --limit 1000000 --json | jq -r 'select(.refused > 0).address'
      """)

  @Argument(help: "Show this source alone.")
  var address: String?
  @Flag(help: "Show those that sent most of late, the busiest first.")
  var busiest = false
  @Option(help: ArgumentHelp("Begin behind the source with this index.", valueName: "index"))
  var after: UInt32 = 0
  @Option(help: ArgumentHelp("Show so many sources at most.", valueName: "n"))
  var limit = SourcesView.limitDefault
  @Flag(help: "Print one JSON object a source.")
  var json = false
  @OptionGroup(title: "Where") var api: APIOptions

  func validate() throws {
    if address != nil && busiest { throw ValidationError("an address and --busiest are two questions; ask one.") }
    if limit < 1 { throw ValidationError("--limit is 1 or more.") }
  }

  func run() throws {
    let client = try api.client()
    if busiest {
      let status = try client.status()
      return try show(status.busiest, "busiest of \(Digits.grouped(status.sourceCount)) sources", isFirst: true)
    }
    var question = SourcesView.Question()
    (question.address, question.after) = (address, after)
    var left = limit
    var isFirst = true
    // A part at a time, so that a million sources need no memory for a million, here or in the daemon.
    while left > 0 {
      question.limit = min(left, SourcesView.limitMax)
      let part = try client.sources(question)
      left -= part.sources.count
      if !part.sources.isEmpty || isFirst { try show(part.sources, "source", isFirst: isFirst) }
      isFirst = false
      guard let next = part.next else { return tellForgotten(part) }
      question.after = next
    }
    StandardError.print("sources: there are more; go on with --after \(question.after), or raise --limit")
  }

  private func show(_ sources: [SourceView], _ title: String, isFirst: Bool) throws {
    if json {
      for source in sources { print(try JSONText.line(source)) }
    } else if sources.isEmpty {
      StandardError.print("sources: none is known in this run")
    } else {
      let page = SourcesPage(sources: sources, title: title, now: BlastClock.wall())
      let lines = page.lines(Paint(unless: false), width: TerminalSize(descriptor: 1)?.columns)
      print(lines.dropFirst(isFirst ? 0 : 1).joined(separator: "\n"))
    }
  }

  private func tellForgotten(_ part: SourcesView) {
    guard part.forgotten > 0, address == nil, !json else { return }
    StandardError.print("sources: \(Digits.grouped(part.forgotten)) more made room for newer ones")
  }
}
