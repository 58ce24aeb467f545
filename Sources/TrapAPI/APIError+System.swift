internal import Glibc
internal import NIOCore

extension APIError {
  /// From what binding threw.
  internal init(_ error: any Error, at address: APIAddress) {
    let text = address.description
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE: self = .taken(address: text)
    case EACCES, EPERM, EROFS: self = .notPermitted(address: text)
    case EADDRNOTAVAIL, EAFNOSUPPORT, ENOENT, ENOTDIR: self = .noSuchAddress(address: text)
    default: self = .failed(address: text, reason: "\(error)")
    }
  }
}
