package import Logging
internal import TrapBatching

/// One run of a program from its start to its end: an input, some variables, and a time in which it has to be done.
package struct ProgramCall: Sendable {
  package enum Outcome: Sendable, Equatable, CustomStringConvertible {
    case succeeded
    /// Why it could not be started, how it ended, or that it was killed.
    case failed(String)

    package var description: String {
      switch self {
      case .succeeded: "exit status 0"
      case .failed(let reason): reason
      }
    }
  }

  /// What its output is logged under.
  package let name: String
  /// Program and arguments; never empty.
  package let command: [String]
  /// Nanoseconds; what takes longer is killed.
  package let timeout: UInt64

  package init(name: String, command: [String], timeout: UInt64) {
    self.name = name
    self.command = command
    self.timeout = timeout
  }

  /// How long a program is looked at before `isCancelled` is asked again, in nanoseconds.
  private static let slice: UInt64 = 100_000_000

  /// Blocks until the program has ended.
  ///
  /// - Parameters:
  ///   - variables: `NAME=VALUE`, beside those that every program gets.
  ///   - isCancelled: asked several times a second; true has the program killed.
  package func run(
    input: [UInt8], variables: [String], log: Logger, isCancelled: () -> Bool
  ) -> Outcome {
    let program: RunningProgram
    do throws(SystemError) {
      program = try RunningProgram.start(
        command, environment: ChildEnvironment.variables() + variables, ProgramOutput(name: name, log: log))
    } catch {
      return .failed("\(command[0]) cannot be started: \(error)")
    }
    let deadline = SystemClock.monotonic() + timeout
    // A program that does not read its input may still do its work: its status counts.
    _ = program.writeWhileOpen(input, until: deadline)
    program.closeInput()
    while !isCancelled() {
      let now = SystemClock.monotonic()
      guard now < deadline else { break }
      if let end = program.waitForEnd(until: min(deadline, now + Self.slice)) {
        return end.isSuccess ? .succeeded : .failed("\(command[0]) ended with \(end)")
      }
    }
    let end = program.terminate(grace: 1_000_000_000)
    guard !isCancelled() else { return .failed("\(command[0]) was stopped with the daemon (\(end))") }
    return .failed("\(command[0]) took longer than \(timeout / 1_000_000_000) s and was killed (\(end))")
  }
}
