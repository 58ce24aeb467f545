internal import Glibc

/// The `errno` of a failed system call.
internal struct SystemError: Error, Equatable, CustomStringConvertible {
  let number: CInt

  init(_ number: CInt) { self.number = number }

  var description: String { unsafe String(cString: strerror(number)) }
}
