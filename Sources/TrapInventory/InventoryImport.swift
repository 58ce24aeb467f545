/// Brings a CSV file into an inventory, in one transaction: all of it or nothing, unless it is told to keep going.
package struct InventoryImport {
  /// Octets of a file that is read.
  package static let fileMax = 1 << 30

  package var database: String
  /// Bad rows are left out, in place of stopping before anything is written. What they name stays as it is.
  package var keepsGoing = false
  /// Does all and undoes it.
  package var isDryRun = false
  /// What the file does not name is removed.
  package var replaces = false

  package init(database: String) { self.database = database }

  /// `octets`: the CSV file.
  package func run(
    _ octets: [UInt8], progress: (InventoryImportProgress) -> Void = { _ in }
  ) throws(InventoryError) -> InventoryImportReport {
    var draft = InventoryDraft.read(octets, progress: progress)
    let target = try InventoryTarget.open(database, isDryRun: isDryRun)
    do throws(InventoryError) {
      let report = try write(&draft, to: target.connection, progress)
      if !report.isWritten { target.discard() }
      return report
    } catch {
      target.discard()
      throw error
    }
  }

  private func write(
    _ draft: inout InventoryDraft, to connection: SQLiteConnection, _ progress: (InventoryImportProgress) -> Void
  ) throws(InventoryError) -> InventoryImportReport {
    try connection.execute("BEGIN IMMEDIATE")
    do throws(InventoryError) {
      try InventoryTarget.prepareSchema(connection)
      let writer = try InventoryWriter(connection)
      let known = try writer.programNames(replaces: replaces, draft: draft)
      draft.dropUnknownPrograms(known: known)
      var report = InventoryImportReport(draft)
      let goesOn = draft.issues.isEmpty || keepsGoing && !draft.order.isEmpty
      if goesOn {
        try writer.write(draft, replaces: replaces, into: &report, progress)
        report.isWritten = !isDryRun
        report.showsCommunities = try writer.showsCommunities()
      }
      try connection.execute(report.isWritten ? "COMMIT" : "ROLLBACK")
      return report
    } catch {
      // Where even this fails, the transaction is over already; the reason for all of it is `error`.
      try? connection.execute("ROLLBACK")
      throw error
    }
  }
}
