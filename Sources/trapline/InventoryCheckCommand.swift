internal import ArgumentParser
internal import TrapInventory

struct InventoryCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look through an inventory: is it whole, and does it say what is meant?",
    discussion: """
      Problems are what the daemon cannot use, or would use otherwise than was meant; warnings are what is probably not \
      meant. The exit status is 0 without problems, 1 with problems, 2 for wrong usage.

        trapline inventory check /var/lib/trapline/inventory.db --engines alarms,archive
      """)

  @Argument(help: "The database.")
  var database: String
  @Option(help: "The engines that there are, with commas between; a route to another is a problem.")
  var engines: String?
  @Option(help: "The credentials of the configuration, with commas between; others that the file lacks are a problem.")
  var credentials: String?

  @Flag(help: "Print one JSON object in place of the text.")
  var json = false

  private struct Report: Encodable {
    let sources, ipv4, refused, programs, namedPrograms, routes, attributes, lengths: Int
    let credentials, agents: Int
    let credentialsElsewhere: [String]
    let engines: [String]
    let problems: [String]
    let problemCount: Int
    let warnings: [String]
    let warningCount: Int
  }

  func run() throws {
    let names = engines.map { Set($0.split(separator: ",").map(String.init)) }
    let known = credentials.map { Set($0.split(separator: ",").map(String.init)) }
    var progress = InventoryProgressBar()
    let result = Result { () throws(InventoryError) in
      try InventoryCheck.run(path: database, engines: names, credentials: known) { progress.show($0) }
    }
    progress.clear()
    let report = try result.get()
    print(json ? try JSONText.line(encodable(report)) : text(report))
    if report.problemCount > 0 { throw ExitCode(1) }
  }

  private func encodable(_ report: InventoryCheckReport) -> Report {
    Report(
      sources: report.sources, ipv4: report.ipv4, refused: report.refused, programs: report.programs,
      namedPrograms: report.namedPrograms, routes: report.routes, attributes: report.attributes,
      lengths: report.lengths, credentials: report.credentials, agents: report.agents,
      credentialsElsewhere: report.credentialsElsewhere, engines: report.engines,
      problems: report.problems, problemCount: report.problemCount, warnings: report.warnings,
      warningCount: report.warningCount)
  }

  private func text(_ report: InventoryCheckReport) -> String {
    var table = TextTable()
    table.add("sources", Digits.grouped(report.sources), "\(Digits.grouped(report.ipv4)) of IPv4")
    table.add("refused", Digits.grouped(report.refused))
    table.add("lengths of blocks", Digits.grouped(report.lengths))
    table.add("programs", Digits.grouped(report.programs), "\(Digits.grouped(report.namedPrograms)) with a name")
    table.add("routes", Digits.grouped(report.routes))
    table.add("attributes", Digits.grouped(report.attributes))
    table.add("credentials", Digits.grouped(report.credentials))
    table.add("engines with an agent", Digits.grouped(report.agents))
    var lines = report.problems.map { "problem: \($0)" }
    if report.problemCount > lines.count { lines.append("\(report.problemCount - lines.count) more problems") }
    lines += report.warnings.map { "warning: \($0)" }
    if report.warningCount > report.warnings.count {
      lines.append("\(report.warningCount - report.warnings.count) more warnings")
    }
    let names = report.engines.isEmpty ? "none" : report.engines.joined(separator: " ")
    lines += table.lines() + ["  engines named: \(names)"]
    if !report.credentialsElsewhere.isEmpty {
      lines.append("  of the configuration: credentials \(report.credentialsElsewhere.joined(separator: " "))")
    }
    let end =
      report.problemCount > 0
      ? "FAILED: \(Digits.grouped(report.problemCount)) problems." : "The inventory is sound."
    return (lines + [end]).joined(separator: "\n")
  }
}
