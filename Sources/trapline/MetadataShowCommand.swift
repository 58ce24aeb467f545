internal import ArgumentParser
internal import TrapControl
internal import TrapHTTP

struct MetadataShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show metadata sources with their circuits, the cache and the holding areas.",
    discussion: """
      A circuit is 'closed' while its source answers; 'open' after failures, when the source is left alone for a \
      while and stale answers serve; 'half-open' while one request finds out whether it is back.
      """)

  @Flag(help: "Print one JSON object in place of the text.")
  var json = false
  @OptionGroup(title: "Where") var api: APIOptions

  func run() throws {
    let view = try api.client().metadata()
    if json {
      print(try JSONText.line(view))
    } else {
      print(MetadataPage(view: view, paint: Paint(unless: false)).lines.joined(separator: "\n"))
    }
  }
}
