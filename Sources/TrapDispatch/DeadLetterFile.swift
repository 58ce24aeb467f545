internal import Glibc

/// The system calls behind the dead letters: append to a file, measure, rename, read whole.
internal enum DeadLetterFile {
  /// Appends the octets with one `write`. Returns what is wrong, or nil.
  static func append(_ octets: [UInt8], to path: String) -> String? {
    let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { return reason() }
    defer { close(descriptor) }
    let written = unsafe octets.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    if written == octets.count { return nil }
    let failure = written < 0 ? reason() : "only \(written) of \(octets.count) octets fitted"
    // Half a line would spoil the next one.
    if written > 0, ftruncate(descriptor, lseek(descriptor, 0, SEEK_END) - written) != 0 {
      return failure + "; " + reason()
    }
    return failure
  }

  /// Octets of the file; 0 where there is none.
  static func size(_ path: String) -> Int {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Puts the file in the place of another. Returns what is wrong, or nil.
  static func replace(_ path: String, by newer: String) -> String? {
    unsafe rename(newer, path) == 0 ? nil : reason()
  }

  /// Makes the directory where it is missing. Returns what is wrong, or nil.
  static func makeDirectory(_ path: String) -> String? {
    if unsafe mkdir(path, 0o750) == 0 || errno == EEXIST { return nil }
    return reason()
  }

  /// The whole file; empty where there is none.
  static func read(_ path: String) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var octets = [UInt8](repeating: 0, count: size(path))
    var filled = 0
    while filled < octets.count {
      let count = unsafe octets.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      }
      guard count > 0 else { break }
      filled += count
    }
    octets.removeLast(octets.count - filled)
    return octets
  }

  private static func reason() -> String { unsafe String(cString: strerror(errno)) }
}
