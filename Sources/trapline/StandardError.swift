internal import Glibc

/// What people read while they wait goes here; standard output belongs to results.
enum StandardError {
  static func print(_ line: String) {
    let octets = Array((line + "\n").utf8)
    _ = unsafe octets.withUnsafeBytes { unsafe write(2, $0.baseAddress!, $0.count) }
  }
}
