internal import Glibc

/// The environment of a program. The daemon's own may hold secrets (`env:` in the configuration), so only what programs
/// need to find their way is passed on.
internal enum ChildEnvironment {
  private static let passed = ["PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "USER", "LOGNAME"]

  static func variables(engine: String) -> [String] { ["TRAPLINE_ENGINE=\(engine)"] + variables() }

  static func variables() -> [String] {
    var variables: [String] = []
    for name in passed {
      if let value = unsafe getenv(name) { variables.append("\(name)=\(unsafe String(cString: value))") }
    }
    return variables
  }
}
