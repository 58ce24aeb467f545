internal import CSQLite

/// A prepared statement. Parameters count from 1, columns from 0, as SQLite has it.
@safe internal final class SQLiteStatement {
  private let handle: OpaquePointer
  /// Kept open for as long as the statement is.
  private let connection: SQLiteConnection

  /// SQLite copies what is bound before the call returns (`SQLITE_TRANSIENT`).
  private static let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  @unsafe init(_ handle: OpaquePointer, connection: SQLiteConnection) {
    unsafe self.handle = handle
    self.connection = connection
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// True where there is a row; then its columns can be read. Ready to be run anew when it returns false or throws.
  func step() throws(InventoryError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    guard code != SQLITE_ROW else { return true }
    let error = code == SQLITE_DONE ? nil : connection.error(code)
    reset()
    if let error { throw error }
    return false
  }

  /// For a statement without rows.
  func run() throws(InventoryError) {
    while try step() {}
  }

  /// Ready to be run anew; what was bound stays bound.
  func reset() { unsafe sqlite3_reset(handle) }

  func bind(_ value: Int64?, at index: Int32) {
    if let value { unsafe sqlite3_bind_int64(handle, index, value) } else { unsafe sqlite3_bind_null(handle, index) }
  }

  func bind(_ value: String?, at index: Int32) {
    guard let value else {
      unsafe sqlite3_bind_null(handle, index)
      return
    }
    let octets = UInt64(value.utf8.count)
    unsafe sqlite3_bind_text64(handle, index, value, octets, SQLiteStatement.copied, UInt8(SQLITE_UTF8))
  }

  /// An empty array is a blob of no octets, not NULL.
  func bind(_ octets: [UInt8]?, at index: Int32) {
    guard let octets else {
      unsafe sqlite3_bind_null(handle, index)
      return
    }
    guard !octets.isEmpty else {
      unsafe sqlite3_bind_zeroblob(handle, index, 0)
      return
    }
    unsafe sqlite3_bind_blob64(handle, index, octets, UInt64(octets.count), SQLiteStatement.copied)
  }

  func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

  func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  /// nil for NULL. What is no UTF-8 is mended with U+FFFD.
  func text(_ column: Int32) -> String? {
    guard let octets = octets(column) else { return nil }
    return String(decoding: octets, as: UTF8.self)
  }

  /// A blob's octets, or a text's in UTF-8; nil for NULL.
  func octets(_ column: Int32) -> [UInt8]? {
    guard !isNull(column) else { return nil }
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }
}
