extension Configuration {
  /// `<program>`: an engine that is a program, fed on its standard input.
  package struct Program: Equatable, Sendable {
    package enum Style: String, CaseIterable, Sendable {
      /// One program for all batches, one JSON object a line.
      case jsonLines = "json-lines"
      /// One program for each trap, in the form of `snmptrapd`'s `traphandle`.
      case traphandle
    }

    package enum Launch: Equatable, Sendable {
      /// Program and arguments; never empty, and no shell reads it.
      case command([String])
      /// The path of a Unix stream socket: whoever listens there starts the program.
      case socket(String)
    }

    package var launch: Launch
    package var style = Style.jsonLines
    /// Deaths on the same batch before it is refused.
    package var attempts = 8
    /// Pause before a program that died is started again.
    package var backoff: UInt64 = 1_000_000_000

    package init(launch: Launch) { self.launch = launch }
  }
}
