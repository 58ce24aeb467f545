internal import Glibc

/// What tells one state of a file from another without reading it, by stat(2).
internal struct FileMark: Equatable, Sendable {
  let device: UInt64
  let inode: UInt64
  let size: Int64
  /// Nanoseconds since 1970.
  let modified: Int64
  /// Permissions alone.
  let mode: UInt32

  /// Throws the reason where there is no such file, or none that may be seen.
  init(path: String) throws(InventoryError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw InventoryError(path: path, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw InventoryError(path: path, kind: .failed, reason: "it is no regular file", remedy: "name a database file")
    }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    mode = UInt32(status.st_mode & 0o7777)
  }
}
