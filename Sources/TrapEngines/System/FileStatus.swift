internal import Glibc

/// What fstat(2) says that matters to a writer.
internal struct FileStatus {
  enum Kind {
    case regular, fifo, directory, other

    init(mode: mode_t) {
      switch mode & S_IFMT {
      case S_IFREG: self = .regular
      case S_IFIFO: self = .fifo
      case S_IFDIR: self = .directory
      default: self = .other
      }
    }
  }

  let kind: Kind
  /// Octets; only a regular file's means anything.
  let size: Int
}
