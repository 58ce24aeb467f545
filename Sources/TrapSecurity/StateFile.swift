internal import Glibc

/// The system calls behind small files that must be whole after a crash: read whole, and replace whole.
enum StateFile {
  /// nil where there is none. Throws where it cannot be read, is no regular file, or has more than `limit` octets.
  static func read(_ path: String, limit: Int) throws(StateFileError) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure(path, "give this user the right to read it")
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      throw StateFileError(
        path: path, reason: "it is no regular file of at most \(limit) octets", remedy: "put it back from a backup")
    }
    var octets = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < octets.count {
      let count = unsafe octets.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      }
      guard count >= 0 else { throw failure(path, "look for errors of its disk in the kernel's log") }
      guard count > 0 else { break }
      filled += count
    }
    octets.removeLast(octets.count - filled)
    return octets
  }

  /// Writes a new file beside it, and once that is on the disk puts it in its place. When this returns, the directory is
  /// on the disk too: no crash brings the former file back.
  static func replace(_ directory: String, _ name: String, with octets: [UInt8]) throws(StateFileError) {
    let path = directory + "/" + name
    let newer = path + ".new"
    let remedy = "make \(directory) writable for this user, with room on its disk"
    let descriptor = unsafe open(newer, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw failure(newer, remedy) }
    let isWritten = writeAll(octets, descriptor) && fsync(descriptor) == 0
    let code = errno
    close(descriptor)
    guard isWritten else {
      unsafe unlink(newer)
      throw failure(newer, remedy, code)
    }
    guard unsafe rename(newer, path) == 0 else { throw failure(path, remedy) }
    try sync(directory, remedy)
  }

  private static func writeAll(_ octets: [UInt8], _ descriptor: Int32) -> Bool {
    var written = 0
    while written < octets.count {
      let count = unsafe octets.withUnsafeBytes { buffer in
        unsafe write(descriptor, buffer.baseAddress! + written, buffer.count - written)
      }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }

  private static func sync(_ directory: String, _ remedy: String) throws(StateFileError) {
    let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(directory, remedy) }
    let isSynced = fsync(descriptor) == 0
    let code = errno
    close(descriptor)
    guard isSynced else { throw failure(directory, remedy, code) }
  }

  private static func failure(_ path: String, _ remedy: String, _ code: Int32 = errno) -> StateFileError {
    StateFileError(path: path, reason: unsafe String(cString: strerror(code)), remedy: remedy)
  }
}
