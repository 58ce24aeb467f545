/// What the configuration says of a `program` engine. Durations in nanoseconds.
package struct ProgramEngineSettings: Sendable {
  package enum Style: String, Sendable {
    /// One long-running program that reads JSON lines.
    case stream
    /// One run per trap, with the input that snmptrapd gives its handlers.
    case traphandle
  }

  package var name: String
  package var launch: ProgramLaunch
  package var style = Style.stream
  package var json = JSONOptions()
  /// How long a program may read nothing before it is given up.
  package var writeTimeout: UInt64 = 10_000_000_000
  /// How long one run of a handler may take before it is given up.
  package var runTimeout: UInt64 = 30_000_000_000
  /// The pause before a program that died is started again; doubles up to `restartMax`.
  package var restartMin: UInt64 = 250_000_000
  package var restartMax: UInt64 = 60_000_000_000
  /// How long a program may go on once its input has ended, before it is given up.
  package var stopTimeout: UInt64 = 5_000_000_000

  package init(name: String, launch: ProgramLaunch) {
    self.name = name
    self.launch = launch
  }

  package init(name: String, command: [String]) { self.init(name: name, launch: .command(command)) }
}
