internal import CSQLite

extension InventoryError {
  /// From a result code of SQLite (https://www.sqlite.org/rescode.html), extended or not, and its message.
  internal init(path: String, code: Int32, message: String) {
    let kind: Kind
    let remedy: String
    switch code & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED:
      (kind, remedy) = (.locked, "end the program that holds its lock, or wait until it is done")
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      (kind, remedy) = (.corrupt, "restore it, or move it away and import its CSV file again")
    case SQLITE_CANTOPEN:
      (kind, remedy) = (
        .forbidden, "let this user read it; where its journal mode is WAL, its directory must be writable too"
      )
    case SQLITE_PERM, SQLITE_AUTH, SQLITE_READONLY:
      (kind, remedy) = (.forbidden, "give this user the right to it and to its directory")
    case SQLITE_FULL: (kind, remedy) = (.full, "make room on its disk")
    case SQLITE_IOERR: (kind, remedy) = (.failed, "look for errors of its disk in the kernel's log")
    case SQLITE_ERROR:
      (kind, remedy) = (.otherSchema, "compare its tables with Config/inventory.sql, or import its CSV file again")
    default: (kind, remedy) = (.failed, "check it with 'trapline inventory check'")
    }
    self.init(path: path, kind: kind, reason: "\(message) (SQLite \(code))", remedy: remedy)
  }
}
