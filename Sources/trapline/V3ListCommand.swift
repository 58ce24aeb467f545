internal import ArgumentParser
internal import TrapControl
internal import TrapHTTP

struct V3ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show the SNMPv3 engines with their boots and times.",
    discussion: """
      Times are seconds since the engine's start, as the daemon reckons them from what the engine said last.

        trapline v3 list
        trapline v3 list --json
      """)

  @Flag(help: "Print one JSON object in place of the text.")
  var json = false
  @OptionGroup(title: "Where") var api: APIOptions

  func run() throws {
    let engines = try api.client().v3Engines()
    guard !json else { return print(try JSONText.line(engines)) }
    guard !engines.isEmpty else {
      return StandardError.print("v3: no engine is known; each will be, once a message of it was verified")
    }
    var table = TextTable()
    table.add("engine ID", "boots", "time", "last heard")
    for engine in engines { table.add(engine.engineID, "\(engine.boots)", "\(engine.time)", engine.lastHeard ?? "") }
    print(table.lines(indent: 0).joined(separator: "\n"))
  }
}
