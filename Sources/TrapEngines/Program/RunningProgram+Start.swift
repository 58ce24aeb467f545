internal import Logging

extension RunningProgram {
  /// Starts the program, or connects to whoever does. Throws the error number: ENOENT where there is no such program,
  /// or no such socket.
  static func start(_ settings: ProgramEngineSettings, log: Logger) throws(SystemError) -> RunningProgram {
    let lines = ProgramOutput(name: settings.name, log: log)
    switch settings.launch {
    case .command(let words):
      return try start(words, environment: ChildEnvironment.variables(engine: settings.name), lines)
    case .socket(let path): return try connect(path, lines)
    }
  }

  static func start(
    _ words: [String], environment: [String], _ lines: ProgramOutput
  ) throws(SystemError) -> RunningProgram {
    let toChild = try Pipe.open()
    let fromChild = try Pipe.open()
    try toChild.writing.setNonBlocking()
    try fromChild.reading.setNonBlocking()
    let pid = try ChildSpawn.start(
      words, environment: environment, input: toChild.reading.raw, output: fromChild.writing.raw)
    return RunningProgram(.process(pid), toChild.takeWriting(), fromChild.takeReading(), lines)
  }

  private static func connect(_ path: String, _ lines: ProgramOutput) throws(SystemError) -> RunningProgram {
    let connection = try UnixConnection.open(path)
    let input = try Descriptor.duplicate(connection.raw)
    return RunningProgram(.connection, input, connection, lines)
  }
}
