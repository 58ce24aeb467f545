internal import CSQLite

/// One connection to a database file, closed with the object. One thread's at a time.
@safe internal final class SQLiteConnection {
  enum Mode {
    case readOnly, readWrite
    /// Nothing on disk; the path is for messages only.
    case memory
  }

  let path: String
  private let handle: OpaquePointer

  /// `patience`: milliseconds that a call waits for another process's lock.
  init(path: String, mode: Mode, patience: Int32) throws(InventoryError) {
    var opened: OpaquePointer?
    // The connection never leaves its thread, so it needs no mutex of its own.
    let flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let access = mode == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    let uri = SQLiteConnection.uri(path, mode: mode)
    let code = unsafe sqlite3_open_v2(uri, &opened, flags | access, nil)
    guard code == SQLITE_OK, let handle = unsafe opened else {
      let message = unsafe String(cString: opened.map { unsafe sqlite3_errmsg($0) } ?? sqlite3_errstr(code))
      unsafe sqlite3_close_v2(opened)
      throw InventoryError(path: path, code: code, message: message)
    }
    self.path = path
    unsafe self.handle = handle
    unsafe sqlite3_busy_timeout(handle, patience)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs statements that give no rows.
  func execute(_ sql: String) throws(InventoryError) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code) }
  }

  func prepare(_ sql: String) throws(InventoryError) -> SQLiteStatement {
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement = unsafe statement else { throw error(code) }
    return unsafe SQLiteStatement(statement, connection: self)
  }

  /// The integer in the first column of the first row; 0 without one.
  func integer(_ sql: String) throws(InventoryError) -> Int64 {
    let statement = try prepare(sql)
    return try statement.step() ? statement.integer(0) : 0
  }

  /// Rows that the last statement changed.
  var changes: Int { unsafe Int(sqlite3_changes64(handle)) }
  /// True between BEGIN and its end.
  var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  func error(_ code: Int32) -> InventoryError {
    InventoryError(path: path, code: code, message: unsafe String(cString: sqlite3_errmsg(handle)))
  }

  /// RFC 3986 §2.1: what stands for something else in a URI is written in hexadecimal.
  private static func uri(_ path: String, mode: Mode) -> String {
    var text = path.hasPrefix("/") ? "file://" : "file:"
    for octet in path.utf8 {
      switch octet {
      case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "%"), 0..<0x21, 0x7f...:
        text += octet < 16 ? "%0\(String(octet, radix: 16))" : "%\(String(octet, radix: 16))"
      default: text.unicodeScalars.append(UnicodeScalar(octet))
      }
    }
    switch mode {
    case .readOnly: return text + "?mode=ro"
    case .readWrite: return text + "?mode=rw"
    case .memory: return text + "?mode=memory"
    }
  }
}
