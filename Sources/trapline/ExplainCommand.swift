internal import ArgumentParser
internal import TrapControl
internal import TrapHTTP

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show where a trap of a source would go now, and why.",
    discussion: """
      Asks the daemon what metadata said of the source, which route takes the trap, and which engines get it in the \
      end, with the reasons. Nothing is asked of the metadata source, and nothing changes.

        trapline explain 192.0.2.7                              what is known of it
        trapline explain 192.0.2.7 linkDown                     where its linkDown goes
        trapline explain 192.0.2.7 1.3.6.1.4.1.9.9.43.2.0.1 --listener main --version 1
      """)

  @Argument(help: "The source's address.")
  var source: String
  @Argument(help: "The trap's OID, or the name of a standard trap.")
  var trap: String?
  @Option(help: "One listener. Default: each.")
  var listener: String?
  @Option(name: .customLong("version"), help: "The version of SNMP: 1, 2c or 3.")
  var snmpVersion = "2c"
  @Flag(help: "Print one JSON object in place of the text.")
  var json = false
  @OptionGroup(title: "Where") var api: APIOptions

  func validate() throws {
    guard ["1", "2c", "3"].contains(snmpVersion) else { throw ValidationError("--version is 1, 2c or 3.") }
    if let trap { _ = try SelectorWords.oid(trap, in: "'\(trap)'") }
  }

  func run() throws {
    var question = Explanation.Question(source: source)
    question.trap = try trap.map { try SelectorWords.oid($0, in: "'\($0)'") }
    question.listener = listener
    question.version = snmpVersion
    let explanation = try api.client().explain(question)
    if json {
      print(try JSONText.line(explanation))
    } else {
      print(ExplanationPage(explanation: explanation, paint: Paint(unless: false)).lines.joined(separator: "\n"))
    }
  }
}
