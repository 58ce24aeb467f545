internal import ArgumentParser
internal import TrapControl
internal import TrapHTTP

struct EnginesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show each processing engine in a row.",
    discussion: """
      'lag' is how long the oldest queued trap has waited, and the octets that are queued; 'pace' is traps a second \
      acknowledged of late, and the limit where the engine is throttled.
      """)

  @Flag(help: "Print one JSON array in place of the table.")
  var json = false
  @OptionGroup(title: "Where") var api: APIOptions

  func run() throws {
    let engines = try api.client().engines()
    if json {
      print(try JSONText.line(engines))
    } else {
      print(EnginesPage(engines: engines, paint: Paint(unless: false)).lines.joined(separator: "\n"))
    }
  }
}
