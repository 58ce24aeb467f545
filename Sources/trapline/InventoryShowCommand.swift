internal import ArgumentParser
internal import TrapInventory

struct InventoryShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what an inventory says of a source, the longest block that it lies in, or of an SNMPv3 engine.",
    discussion: "The exit status is 0 where there is something, 1 where there is nothing. Secrets are not shown.")

  @Argument(help: "The database.")
  var database: String
  @Argument(help: "The source's address, or an engine ID in hexadecimal.")
  var source: String

  func run() throws {
    let inventory = try Inventory(path: database)
    guard let found = try inventory.lookup(text: source) else {
      guard let lines = try inventory.lines(ofEngine: source) else {
        throw ValidationError("'\(source)' is no IPv4 or IPv6 address, and no engine ID.")
      }
      print("engine \(source): \(lines.first ?? "nothing is said of it")")
      if lines.isEmpty { throw ExitCode(1) }
      return
    }
    guard let entry = found else {
      print("\(source) lies in no block: its traps go nowhere, counted as no-route.")
      throw ExitCode(1)
    }
    let lines = try inventory.lines(of: entry)
    print((["\(source) lies in \(entry.prefix)"] + lines.map { "  " + $0 }).joined(separator: "\n"))
  }
}
