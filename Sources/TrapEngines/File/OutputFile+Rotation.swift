internal import Glibc

extension OutputFile {
  /// `path` becomes `path.1`, what was `path.1` becomes `path.2`, and what was `path.keep` goes; then `path` is made
  /// anew. Where that fails, writing goes on into the file that was open.
  mutating func rotate(path: String, keep: Int) throws(SystemError) {
    for number in stride(from: keep - 1, through: 1, by: -1) {
      try Self.rename("\(path).\(number)", "\(path).\(number + 1)", mayBeMissing: true)
    }
    // The file may have been moved away by others: then there is nothing to keep.
    try Self.rename(path, "\(path).1", mayBeMissing: true)
    try open()
  }

  private static func rename(_ old: String, _ new: String, mayBeMissing: Bool) throws(SystemError) {
    guard unsafe Glibc.rename(old, new) != 0 else { return }
    guard errno == ENOENT && mayBeMissing else { throw SystemError(errno) }
  }
}
