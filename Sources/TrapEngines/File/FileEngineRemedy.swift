internal import Glibc

/// What a person can do about a file that does not open or takes nothing more.
internal enum FileEngineRemedy {
  static func text(for error: SystemError, path: String) -> String {
    switch error.number {
    case ENOENT, ENOTDIR: "make the directory, or correct path=\"\(path)\""
    case EACCES, EPERM, EROFS:
      "let the daemon's user write there (under systemd ReadWritePaths= too), or choose another path"
    case EISDIR: "path=\"\(path)\" is a directory; name a file in it"
    case ENOSPC, EDQUOT: "free some space, or set rotate-size and rotate-keep"
    case EFBIG: "set rotate-size below the limit on file sizes"
    case EPIPE, EBADF: "its reader has gone; start it again"
    case ENXIO: "nothing reads the FIFO; start its reader"
    case EAGAIN: "its reader takes nothing; look why it hangs"
    default: "look at the disk and its log"
    }
  }
}
