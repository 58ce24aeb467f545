internal import ArgumentParser
internal import TrapHTTP

struct EnginesRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "End the registration of a processing engine.",
    discussion: """
      What is queued for it counts as missed. An engine of the configuration is removed there, and by SIGHUP.

        trapline engines remove reporting
      """)

  @Argument(help: "The engine's name.")
  var name: String
  @OptionGroup(title: "Where") var api: APIOptions

  func run() throws {
    try api.client().unregister(name)
    StandardError.print("engines: the registration of \(name) has ended")
  }
}
