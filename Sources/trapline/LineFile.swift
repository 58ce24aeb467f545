internal import Glibc

/// Reads a file line by line, in pieces of a mebibyte, without keeping what was read.
struct LineFile {
  struct Failure: Error, CustomStringConvertible {
    let path: String
    let code: CInt
    var description: String { unsafe "\(path): \(String(cString: strerror(code)))" }
  }

  private static let pieceOctets = 1 << 20
  let path: String

  /// Calls `body` with each line, without its end; `-` is standard input. A last line without an end counts.
  func forEachLine(_ body: (UnsafeRawBufferPointer) -> Void) throws(Failure) {
    let descriptor = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: LineFile.pieceOctets)
    var filled = 0
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress! + filled, $0.count - filled)
      }
      guard got >= 0 else { throw Failure(path: path, code: errno) }
      if got == 0 { break }
      filled += got
      let consumed = unsafe buffer.withUnsafeBytes { unsafe LineFile.split($0, filled, body) }
      // What is left is the beginning of a line; a line longer than the buffer makes it grow.
      buffer.replaceSubrange(0..<(filled - consumed), with: Array(buffer[consumed..<filled]))
      filled -= consumed
      if filled == buffer.count { buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count)) }
    }
    if filled > 0 {
      unsafe buffer.withUnsafeBytes { unsafe body(UnsafeRawBufferPointer(rebasing: $0[..<filled])) }
    }
  }

  /// Hands over the whole lines of `octets`; the number of octets that they took.
  private static func split(_ octets: UnsafeRawBufferPointer, _ filled: Int, _ body: (UnsafeRawBufferPointer) -> Void)
    -> Int
  {
    var start = 0
    while start < filled, let end = unsafe memchr(octets.baseAddress! + start, 10, filled - start) {
      let stop = unsafe end - UnsafeMutableRawPointer(mutating: octets.baseAddress!)
      unsafe body(UnsafeRawBufferPointer(rebasing: octets[start..<stop]))
      start = stop + 1
    }
    return start
  }
}
