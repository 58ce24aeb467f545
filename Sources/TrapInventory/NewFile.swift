internal import Glibc

/// Makes a file that must not be there yet, for owner and group alone: an inventory may hold communities.
internal enum NewFile {
  static func create(_ path: String) throws(InventoryError) {
    let descriptor = unsafe open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else {
      let code = errno
      guard code != ENOENT else {
        throw InventoryError(
          path: path, kind: .absent, reason: "there is no such directory", remedy: "create it, or name another")
      }
      throw InventoryError(path: path, errno: code)
    }
    close(descriptor)
  }

  /// Where it cannot be removed, an empty file stays, which the next import takes as new.
  static func remove(_ path: String) { unsafe unlink(path) }
}
