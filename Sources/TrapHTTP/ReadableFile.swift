internal import Glibc

/// Whether a file can be read, told before libcurl fails on it at every connection.
internal enum ReadableFile {
  /// The system's reason why not; nil where it can be.
  static func complaint(_ path: String) -> String? {
    guard unsafe access(path, R_OK) != 0 else { return nil }
    return unsafe String(cString: strerror(errno))
  }
}
