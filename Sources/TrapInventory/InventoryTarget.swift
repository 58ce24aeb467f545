/// The database that an import writes to: the file, a new file, or for a dry run without a file one in memory.
internal struct InventoryTarget {
  let connection: SQLiteConnection
  private let path: String
  private let isNew: Bool

  /// Milliseconds that an import waits for another process's lock.
  private static let patience: Int32 = 5000

  static func open(_ path: String, isDryRun: Bool) throws(InventoryError) -> InventoryTarget {
    let isThere = try exists(path)
    if !isThere && isDryRun {
      let connection = try SQLiteConnection(path: path, mode: .memory, patience: patience)
      return InventoryTarget(connection: connection, path: path, isNew: false)
    }
    if !isThere { try NewFile.create(path) }
    do throws(InventoryError) {
      let connection = try SQLiteConnection(path: path, mode: .readWrite, patience: patience)
      try connection.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -65536")
      return InventoryTarget(connection: connection, path: path, isNew: !isThere)
    } catch {
      if !isThere { NewFile.remove(path) }
      throw error
    }
  }

  /// Within the import's transaction: an empty database becomes an inventory; another must be one.
  static func prepareSchema(_ connection: SQLiteConnection) throws(InventoryError) {
    let isEmpty = try connection.integer("SELECT count(*) FROM sqlite_schema") == 0
    if isEmpty, try connection.integer("PRAGMA application_id") == 0 {
      try connection.execute(InventorySchema.text)
    }
    try InventorySchema.check(connection)
  }

  /// A file that was made for nothing goes again.
  func discard() {
    if isNew { NewFile.remove(path) }
  }

  private static func exists(_ path: String) throws(InventoryError) -> Bool {
    do throws(InventoryError) {
      _ = try FileMark(path: path)
      return true
    } catch {
      guard error.kind == .absent else { throw error }
      return false
    }
  }
}
