internal import ArgumentParser
internal import Glibc

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show a daemon's ledger: where every trap went, and what is in its queues.",
    discussion: """
      Reads the ledger's file, so it needs no daemon that answers: what a stopped or killed one left is shown too. \
      Where the daemon's API answers, what is wrong now stands first (thresholds that are raised, engines that fail, \
      metadata that is down, places that are full), and the engines' state, the busiest sources, the queues with their \
      bounds and the metadata sources' circuits are shown beside the ledger; --api asks there and nowhere else for \
      them, and says so where nobody answers. From the second reading on, --watch shows what happens a second, and \
      which causes grow.

        trapline status
        trapline status --watch           every two seconds
        trapline status --watch 500ms
        trapline status --former          the run before this one: after a crash, what it cost
        trapline status --json | jq .ledger.totals
        trapline status --agent 127.0.0.1:1161
        trapline status --api unix:/run/trapline/api.sock
      """)

  @OptionGroup(title: "Where") var ledger: LedgerOptions
  @OptionGroup(title: "Where more is told") var api: APIOptions
  @Flag(help: "The former run's ledger in place of the present one's.")
  var former = false
  @Option(
    help: ArgumentHelp(
      "Show it again and again, this far apart: 500ms, 5s. Without a time: \(StatusCommand.watchDefault).",
      valueName: "time"))
  var watch: TimeSpan?
  @Flag(help: "Print one JSON object a reading.")
  var json = false

  func validate() throws {
    if api.api != nil && (former || ledger.agent != nil) {
      throw ValidationError("--api tells of the present run and of one daemon; leave out --former and --agent.")
    }
    if former && ledger.agent != nil { throw ValidationError("an agent tells only of the present run.") }
    if let watch, watch.nanoseconds < 100_000_000 { throw ValidationError("--watch is 100ms or more.") }
  }

  static let watchDefault = "2s"

  /// The arguments of the tool with the default time behind a `--watch` of `status` that has none, which
  /// ArgumentParser does not know of.
  static func filled(_ arguments: [String]) -> [String] {
    guard arguments.first == "status" else { return arguments }
    var filled: [String] = []
    for (index, argument) in arguments.enumerated() {
      filled.append(argument)
      let next = index + 1 < arguments.count ? arguments[index + 1] : "-"
      if argument == "--watch", next.hasPrefix("-") { filled.append(watchDefault) }
    }
    return filled
  }

  func run() throws {
    let live = try LiveStatus(api, isWanted: ledger.agent == nil && !former)
    let reader = StatusReader(ledger: ledger, live: live, former: former)
    var before: (reading: LedgerReading, time: UInt64)?
    repeat {
      let time = BlastClock.now()
      do {
        var status = try reader.read()
        if let before {
          status.rates = StatusRates(
            from: before.reading, to: status.ledger, seconds: Double(time - before.time) / 1e9)
        }
        before = (status.ledger, time)
        try show(status)
      } catch {
        // Who watches wants to see the daemon come back.
        guard before != nil else { throw error }
        StandardError.print("status: \(error)")
      }
      fflush(nil)
      if let watch { BlastClock.sleep(until: time + watch.nanoseconds) }
    } while watch != nil
  }

  private func show(_ status: DaemonStatus) throws {
    guard !json else { return print(try JSONText.line(status)) }
    let size = TerminalSize(descriptor: 1)
    let page = StatusPage(status: status, paint: Paint(unless: false), width: size?.columns)
    // Home and clear: a page that is shown again stands where the last one stood. Its top says most, so it is the end
    // that a small terminal goes without.
    let lines = watch == nil ? page.lines : size?.top(of: page.lines) ?? page.lines
    print((watch != nil && StandardOutput.isTerminal ? "\u{1b}[H\u{1b}[2J" : "") + lines.joined(separator: "\n"))
  }
}
