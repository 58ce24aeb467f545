internal import Glibc

extension InventoryError {
  internal init(path: String, errno code: Int32) {
    let kind: Kind
    let remedy: String
    switch code {
    case ENOENT, ENOTDIR:
      (kind, remedy) = (.absent, "create it with 'trapline inventory import FILE.csv --into \(path)'")
    case EACCES, EPERM: (kind, remedy) = (.forbidden, "give this user the right to it and to its directory")
    case EROFS: (kind, remedy) = (.forbidden, "name a file of a file system that can be written to")
    case ENOSPC, EDQUOT: (kind, remedy) = (.full, "make room on its disk")
    default: (kind, remedy) = (.failed, "look for errors of its disk in the kernel's log")
    }
    self.init(path: path, kind: kind, reason: unsafe String(cString: strerror(code)), remedy: remedy)
  }
}
