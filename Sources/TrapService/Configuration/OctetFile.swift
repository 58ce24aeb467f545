internal import Glibc

/// Reads a whole small file: a configuration, or a secret.
enum OctetFile {
  struct Content: Sendable {
    let octets: [UInt8]
    /// Permission bits.
    let mode: UInt32
  }

  /// Reads up to `limit` octets of a file, a pipe or a device.
  /// - Throws: the operating system's reason, or that the file is longer than `limit`.
  static func read(_ path: String, limit: Int) throws(OctetFileError) -> Content {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure(errno) }
    var octets: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while octets.count <= limit {
      let size = chunk.count
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, size) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure(errno) }
      guard count > 0 else { return Content(octets: octets, mode: status.st_mode & 0o7777) }
      octets += chunk[..<count]
    }
    throw OctetFileError(reason: "it is longer than \(limit) octets")
  }

  /// Why this process cannot read a file or a directory, as the operating system says; nil where it can.
  static func reasonUnreadable(_ path: String) -> String? {
    unsafe access(path, R_OK) == 0 ? nil : failure(errno).reason
  }

  /// Permission bits of a file; nil where it cannot be looked at.
  static func mode(_ path: String) -> UInt32? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  private static func failure(_ code: CInt) -> OctetFileError {
    OctetFileError(reason: unsafe String(cString: strerror(code)))
  }
}
