extension ConfigurationReader {
  func readProgram(_ element: MarkupElement) -> Configuration.Program {
    var program = Configuration.Program(launch: readLaunch(element))
    assign(&program.style, element, "style", .choice)
    assign(&program.attempts, element, "attempts", .integer(1...1000))
    assign(&program.backoff, element, "backoff", .duration(1_000_000...3_600_000_000_000))
    return program
  }

  private func readLaunch(_ element: MarkupElement) -> Configuration.Program.Launch {
    let arguments = element.children("argument").map(\.text)
    let written = element.attribute("command").map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
    if element.attribute("socket") != nil {
      if written != nil || !arguments.isEmpty {
        let other = written != nil ? "command" : "<argument>"
        collector.error(element, "socket and \(other) both say where the program is", "keep one of the two")
      }
      return .socket(optional(element, "socket", .socketPath) ?? "")
    }
    if written != nil && !arguments.isEmpty {
      collector.error(element, "command and <argument> both say what to run", "keep one of the two")
    } else if (written ?? arguments).isEmpty {
      collector.error(
        element, "it says nothing to run",
        "write command=\"PROGRAM …\", or an <argument> for each word, or socket=\"PATH\" of a program's own unit")
    } else if arguments.first?.isEmpty == true {
      collector.error(element, "the first <argument> is empty", "write the program's path in it")
    }
    return .command(written ?? arguments)
  }
}
