internal import ArgumentParser
internal import Glibc

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Send dead letters to a processing engine once more.",
    discussion: """
      A trap that an engine refused stands in the dead-letter file of that engine, in the daemon's state directory \
      below dead-letters. Once the engine is mended, its letters go back into its queue from there. The older file \
      (ENGINE.1.ndjson) is read first where there is one. Where the queue is full, the replay waits for room; it \
      never displaces another trap. The file is left as it is: remove it when you are content.

        trapline replay /var/lib/trapline/dead-letters/pager.ndjson --to pager --dry-run
        trapline replay /var/lib/trapline/dead-letters/pager.ndjson --to pager
        trapline replay pager.ndjson --to pager --from-line 1201      go on where it was interrupted
        zcat old.ndjson.gz | trapline replay - --to archive           to another engine

      Lines that are no dead letters are told as FILE:LINE and passed over; the exit status is then 1.
      """)

  @Argument(help: "The dead-letter file; '-' is standard input.")
  var file: String
  @Option(help: ArgumentHelp("The processing engine that gets them.", valueName: "engine"))
  var to: String
  @Flag(help: "Only read and check the file; no daemon is asked.")
  var dryRun = false
  @Option(
    help: ArgumentHelp(
      "Begin at this line of the file, without the older file; or at FILE:LINE, as an interrupted replay says it.",
      valueName: "line"))
  var fromLine: ReplayPlace?
  @OptionGroup(title: "Where") var api: APIOptions

  func run() throws {
    let interruption = Interruption.begin()
    let client = dryRun ? nil : try api.client()
    // All are opened before the first is read: what the daemon moves or appends meanwhile changes nothing.
    let files = try paths().map { try LetterFile(path: $0) }
    let sizes = files.compactMap(\.size)
    let total = sizes.count == files.count ? sizes.reduce(0, +) : nil
    var run = ReplayRun(client: client, engine: to, interruption: interruption, total: total)
    var isWhole = true
    for (index, file) in files.enumerated() where isWhole {
      isWhole = try run.replay(file, from: index == 0 ? fromLine?.line ?? 1 : 1)
    }
    if isWhole { isWhole = try run.finish() }
    try tell(run.report, isWhole: isWhole)
  }

  /// The files to read, in order: the older one first, unless a line of the newer one was asked for.
  private func paths() throws -> [String] {
    guard file != "-" else { return [file] }
    let older = file.hasSuffix(".ndjson") ? String(file.dropLast("ndjson".count)) + "1.ndjson" : nil
    let both = older.map { unsafe access($0, F_OK) == 0 ? [$0, file] : [file] } ?? [file]
    guard let fromLine else { return both }
    guard let path = fromLine.path else { return [file] }
    guard let index = both.firstIndex(of: path) else {
      throw ValidationError("--from-line \(fromLine) names none of \(both.joined(separator: ", ")).")
    }
    return Array(both[index...])
  }

  private func tell(_ report: ReplayRun.Report, isWhole: Bool) throws {
    let letters = report.replayed == 1 ? "1 dead letter" : "\(Digits.grouped(report.replayed)) dead letters"
    var sentence = dryRun ? "\(letters) would be replayed to \(to)" : "replayed \(letters) to \(to)"
    if report.badLines > 0 {
      sentence += "; \(Digits.grouped(report.badLines)) " + (report.badLines == 1 ? "line is none" : "lines are none")
    }
    print(sentence)
    if let resume = report.resume, !isWhole {
      StandardError.print("replay: interrupted; go on with --from-line \(resume)")
    }
    if !isWhole || report.badLines > 0 { throw ExitCode(1) }
  }
}
