internal import ArgumentParser
internal import TrapInventory

/// Tells what an import did, and ends with 1 where a row was bad.
struct InventoryImportOutcome {
  let file: String
  let into: String
  let keepGoing: Bool
  let dryRun: Bool
  let content: InventoryContent

  func tell(_ report: InventoryImportReport) throws {
    for issue in report.issues { StandardError.print(issue.text(file: file)) }
    let rest = report.issueCount - report.issues.count
    if rest > 0 { StandardError.print("\(file): \(Digits.grouped(rest)) more mistakes") }
    if report.showsSecrets {
      StandardError.print("\(into): it holds secrets, and others may read it; chmod 0640 it")
    }
    print(text(report))
    if report.issueCount > 0 { throw ExitCode(1) }
  }

  private func text(_ report: InventoryImportReport) -> String {
    guard report.issueCount == 0 || keepGoing else {
      let mistakes = "\(Digits.grouped(report.issueCount)) mistakes in \(Digits.grouped(report.rows)) rows"
      return "\(mistakes): nothing was written; mend them, or leave them out with --keep-going"
    }
    var table = TextTable()
    table.add("rows", Digits.grouped(report.rows))
    table.add("added", Digits.grouped(report.added))
    table.add("changed", Digits.grouped(report.changed))
    table.add("unchanged", Digits.grouped(report.unchanged))
    table.add("removed", Digits.grouped(report.removed))
    if report.spoiled > 0 { table.add("left as they are", Digits.grouped(report.spoiled)) }
    if case .sources = content { table.add("programs changed", Digits.grouped(report.programsChanged)) }
    if report.programsRemoved > 0 { table.add("programs removed", Digits.grouped(report.programsRemoved)) }
    let unwritten = dryRun ? "Nothing was written: --dry-run." : "Nothing was written."
    let end = report.isWritten ? "Written to \(into)." : unwritten
    return (table.lines() + [end]).joined(separator: "\n")
  }
}
