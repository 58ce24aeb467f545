internal import ArgumentParser

/// `--from-line`: a line of the file named, or `FILE:LINE` where the older file is meant.
struct ReplayPlace: ExpressibleByArgument, Equatable, CustomStringConvertible {
  /// nil: the file that the command names.
  let path: String?
  /// From 1.
  let line: Int

  init(path: String, line: Int) { (self.path, self.line) = (path, line) }

  init?(argument: String) {
    let mark = argument.lastIndex(of: ":")
    let digits = mark.map { argument[argument.index(after: $0)...] } ?? argument[...]
    guard let line = Int(digits), line > 0 else { return nil }
    self.line = line
    path = mark.map { String(argument[..<$0]) }
  }

  var description: String { path.map { "\($0):\(line)" } ?? "\(line)" }
}
