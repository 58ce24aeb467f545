internal import Glibc

/// Text for the person who ran a command, on standard output.
internal enum StandardOutput {
  static func write(_ text: String) { StandardError.write(text, to: 1) }
}
