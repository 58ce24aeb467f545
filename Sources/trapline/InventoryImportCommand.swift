internal import ArgumentParser
internal import Glibc
internal import TrapInventory

struct InventoryImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring a CSV file into an inventory, in one transaction.",
    discussion: """
      The first row names the columns, in any order: source, engines, trap, version, pdu, community, program, \
      credentials, level, ttl, refused. Only 'source' is needed; every other column becomes an attribute of its name. \
      Several rows of one source are its routes, in order. A row with a program and without a source adds a route to \
      the program.

      Sources that the file names become what the file says; others stay, unless --replace is given. A bad row stops \
      all, unless --keep-going is given; either way every bad row is reported. The exit status is 0 where no row was bad, \
      1 where one was or the database could not be written, 2 for wrong usage.
      """)

  @Argument(help: "The CSV file (RFC 4180, UTF-8); '-' is standard input.")
  var file: String
  @Option(help: "The database; made where it is not there.")
  var into: String
  @Flag(help: "Leave bad rows out, and what they name as it is.")
  var keepGoing = false
  @Flag(help: "Do everything but write it.")
  var dryRun = false
  @Flag(help: "Remove what the file does not name.")
  var replace = false

  func run() throws {
    var order = InventoryImport(database: into)
    (order.keepsGoing, order.isDryRun, order.replaces) = (keepGoing, dryRun, replace)
    let octets = try InventoryFile(path: file).read()
    var progress = InventoryProgressBar()
    let result = Result { () throws(InventoryError) in try order.run(octets) { progress.show($0) } }
    progress.clear()
    let report = try result.get()
    tell(report)
    if report.issueCount > 0 { throw ExitCode(1) }
  }

  private func tell(_ report: InventoryImportReport) {
    for issue in report.issues { StandardError.print(issue.text(file: file)) }
    let rest = report.issueCount - report.issues.count
    if rest > 0 { StandardError.print("\(file): \(Digits.grouped(rest)) more mistakes") }
    if report.showsCommunities {
      StandardError.print("\(into): it holds communities, and others may read it; chmod 0640 it")
    }
    guard report.issueCount == 0 || keepGoing else {
      let mistakes = "\(Digits.grouped(report.issueCount)) mistakes in \(Digits.grouped(report.rows)) rows"
      print("\(mistakes): nothing was written; mend them, or leave them out with --keep-going")
      return
    }
    var table = TextTable()
    table.add("rows", Digits.grouped(report.rows))
    table.add("added", Digits.grouped(report.added))
    table.add("changed", Digits.grouped(report.changed))
    table.add("unchanged", Digits.grouped(report.unchanged))
    table.add("removed", Digits.grouped(report.removed))
    if report.spoiled > 0 { table.add("left as they are", Digits.grouped(report.spoiled)) }
    table.add("programs changed", Digits.grouped(report.programsChanged))
    if report.programsRemoved > 0 { table.add("programs removed", Digits.grouped(report.programsRemoved)) }
    let end = report.isWritten ? "Written to \(into)." : dryRun ? "Nothing was written: --dry-run." : "Nothing was written."
    print((table.lines() + [end]).joined(separator: "\n"))
  }
}
