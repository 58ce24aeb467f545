internal import ArgumentParser

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check the traps of 'trapline blast' in a file of JSON lines.",
    discussion: """
      Reads what a file engine wrote and follows the numbers of each source: none missing unless a gap line accounts \
      for it, none twice, none out of order. The exit status is 0 where that holds, 1 where it does not.

        trapline verify traps.json
        zcat traps.json.gz | trapline verify - --expect 1000000
      """)

  @Argument(help: "The file; '-' is standard input.")
  var file: String
  @Option(help: "The number of traps that were sent: then those missing at the end are seen too.")
  var expect: UInt64?
  @Flag(help: "Print one JSON object in place of the text.")
  var json = false

  private struct Report: Encodable {
    var lines: UInt64 = 0, traps: UInt64 = 0, sources = 0, missing: UInt64 = 0, accounted: UInt64 = 0
    var twice: UInt64 = 0, outOfOrder: UInt64 = 0, other: UInt64 = 0, clean = false
  }

  func run() throws {
    var check = SequenceCheck()
    var report = Report()
    try unsafe LineFile(path: file).forEachLine { line in
      report.lines += 1
      switch unsafe TrapLine(line) {
      case .blast(let number, let key): check.add(number, key: key)
      case .missed(let count): check.accounted += count
      case .other: report.other += 1
      }
    }
    (report.traps, report.sources, report.accounted) = (check.traps, check.sourceCount, check.accounted)
    (report.twice, report.outOfOrder) = (check.twice, check.outOfOrder)
    let distinct = check.traps - check.twice
    report.missing = max(check.missing, expect.map { $0 > distinct ? $0 - distinct : 0 } ?? 0)
    report.clean = check.isClean && report.missing <= report.accounted && report.traps > 0
    print(json ? try JSONText.line(report) : text(report))
    if !report.clean { throw ExitCode(1) }
  }

  private func text(_ report: Report) -> String {
    var table = TextTable()
    table.add("lines", Digits.grouped(report.lines))
    table.add("traps of a blast", Digits.grouped(report.traps), "from \(Digits.grouped(report.sources)) sources")
    table.add("missing", Digits.grouped(report.missing), "gap lines account for \(Digits.grouped(report.accounted))")
    table.add("twice", Digits.grouped(report.twice))
    table.add("out of order", Digits.grouped(report.outOfOrder))
    if report.other > 0 { table.add("other lines", Digits.grouped(report.other)) }
    let sentence =
      report.clean
      ? report.missing == 0 ? "Complete and in order." : "In order, and the gap lines account for what is missing."
      : report.traps == 0 ? "FAILED: no trap of a blast is in this file." : "FAILED: see the counts above."
    return (table.lines() + [sentence]).joined(separator: "\n")
  }
}
