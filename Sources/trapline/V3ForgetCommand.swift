internal import ArgumentParser
internal import TrapHTTP

struct V3ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Forget an engine's boots and time.",
    discussion: """
      Its next message counts as its first, whatever boots and time it has. A recording of an earlier message would be \
      taken as well, so forget an engine only when its device is known to have lost its boots.

        trapline v3 forget 80001f880480a1b2c3
      """)

  @Argument(help: "The engine's ID in hexadecimal, as 'trapline v3 list' shows it.")
  var engineID: String
  @OptionGroup(title: "Where") var api: APIOptions

  func run() throws {
    try api.client().forgetV3Engine(engineID)
    StandardError.print("v3: forgot \(engineID)")
  }
}
