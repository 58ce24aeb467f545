/// Brings a CSV file into an inventory, in one transaction: all of it or nothing, unless it is told to keep going.
package struct InventoryImport {
  /// Octets of a file that is read.
  package static let fileMax = 1 << 30

  package var database: String
  package var content = InventoryContent.sources
  /// Bad rows are left out, in place of stopping before anything is written. What they name stays as it is.
  package var keepsGoing = false
  /// Does all and undoes it.
  package var isDryRun = false
  /// What the file does not name is removed.
  package var replaces = false

  package init(database: String) { self.database = database }

  /// `octets`: the CSV file.
  package func run(
    _ octets: [UInt8], progress: (InventoryProgress) -> Void = { _ in }
  ) throws(InventoryError) -> InventoryImportReport {
    if let table = content.table {
      let draft = InventoryTableDraft.read(table, octets, progress: progress)
      return try transaction { connection throws(InventoryError) in try write(draft, to: connection, progress) }
    }
    var draft = InventoryDraft.read(octets, progress: progress)
    return try transaction { connection throws(InventoryError) in try write(&draft, to: connection, progress) }
  }

  /// All that `write` does, unless its report says that nothing is written.
  private func transaction(
    _ write: (SQLiteConnection) throws(InventoryError) -> InventoryImportReport
  ) throws(InventoryError) -> InventoryImportReport {
    let target = try InventoryTarget.open(database, isDryRun: isDryRun)
    do throws(InventoryError) {
      let report = try transaction(on: target.connection, write)
      if !report.isWritten { target.discard() }
      return report
    } catch {
      target.discard()
      throw error
    }
  }

  private func transaction(
    on connection: SQLiteConnection, _ write: (SQLiteConnection) throws(InventoryError) -> InventoryImportReport
  ) throws(InventoryError) -> InventoryImportReport {
    try connection.execute("BEGIN IMMEDIATE")
    do throws(InventoryError) {
      try InventoryTarget.prepareSchema(connection)
      var report = try write(connection)
      if report.isWritten { report.showsSecrets = try showsSecrets(connection) }
      try connection.execute(report.isWritten ? "COMMIT" : "ROLLBACK")
      return report
    } catch {
      // Where even this fails, the transaction is over already; the reason for all of it is `error`.
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  private func write(
    _ draft: inout InventoryDraft, to connection: SQLiteConnection, _ progress: (InventoryProgress) -> Void
  ) throws(InventoryError) -> InventoryImportReport {
    let writer = try InventoryWriter(connection)
    let known = try writer.programNames(replaces: replaces, draft: draft)
    draft.dropUnknownPrograms(known: known)
    var report = InventoryImportReport(draft)
    if draft.issues.isEmpty || keepsGoing && !(draft.order.isEmpty && draft.programs.isEmpty) {
      try writer.write(draft, replaces: replaces, into: &report, progress)
      report.isWritten = !isDryRun
    }
    return report
  }

  private func write(
    _ draft: InventoryTableDraft, to connection: SQLiteConnection, _ progress: (InventoryProgress) -> Void
  ) throws(InventoryError) -> InventoryImportReport {
    var report = InventoryImportReport(draft)
    if draft.issues.isEmpty || keepsGoing && !draft.order.isEmpty {
      try InventorySchema.upgrade(connection)
      let writer = InventoryTableWriter(connection: connection, draft: draft)
      try writer.write(replaces: replaces, into: &report, progress)
      report.isWritten = !isDryRun
    }
    return report
  }

  private func showsSecrets(_ connection: SQLiteConnection) throws(InventoryError) -> Bool {
    guard let mark = try? FileMark(path: connection.path), mark.mode & ~0o640 != 0 else { return false }
    return try InventorySchema.hasSecrets(connection)
  }
}
