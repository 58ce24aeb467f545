internal import ArgumentParser
internal import Glibc

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show a daemon's ledger: where every trap went, and what is in its queues.",
    discussion: """
      Reads the ledger's file, so it needs no daemon that answers: what a stopped or killed one left is shown too. \
      Where the daemon's API answers, the engines' pace, credits and state and the metadata sources' circuits are \
      shown beside it; --api asks there and nowhere else for them, and says so where nobody answers.

        trapline status
        trapline status --watch 2s
        trapline status --former          the run before this one: after a crash, what it cost
        trapline status --json | jq .ledger.totals
        trapline status --agent 127.0.0.1:1161
        trapline status --api unix:/run/trapline/api.sock
      """)

  @OptionGroup(title: "Where") var ledger: LedgerOptions
  @OptionGroup(title: "Where more is told") var api: APIOptions
  @Flag(help: "The former run's ledger in place of the present one's.")
  var former = false
  @Option(help: "Show it again and again, this far apart: 500ms, 2s.")
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

  func run() throws {
    let terminal = isatty(1) == 1
    let live = try LiveStatus(api, isWanted: ledger.agent == nil && !former)
    repeat {
      let status = try status(live)
      if json {
        print(try JSONText.line(status))
      } else {
        let page = StatusPage(status: status, paint: Paint(unless: false))
        print(watch != nil && terminal ? again(page.lines) : page.lines.joined(separator: "\n"))
      }
      fflush(nil)
      if let watch { BlastClock.sleep(until: BlastClock.now() + watch.nanoseconds) }
    } while watch != nil
  }

  /// Home and clear: a page that is shown again stands where the last one stood. Its top says most, so it is the end
  /// that a small terminal goes without.
  private func again(_ lines: [String]) -> String {
    let shown = TerminalSize(descriptor: 1)?.top(of: lines) ?? lines
    return "\u{1b}[H\u{1b}[2J" + shown.joined(separator: "\n")
  }

  private func status(_ live: LiveStatus) throws -> DaemonStatus {
    if ledger.agent != nil, let source = try ledger.source() {
      return DaemonStatus(answer: try source.read(), now: BlastClock.wall())
    }
    guard let directory = StateDirectory.resolve(ledger.state) else {
      throw LedgerFileError.noneFound(looked: StateDirectory.candidates)
    }
    let present = try LedgerFile(directory: directory, former: former).read()
    let before = former ? nil : try? LedgerFile(directory: directory, former: true).read()
    var status = DaemonStatus(ledger: present, former: before, isFormer: former, now: BlastClock.wall())
    status.live = try live.read(beside: status, of: directory)
    return status
  }
}
