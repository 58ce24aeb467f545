internal import ArgumentParser
internal import TrapInventory

struct InventoryShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what an inventory says of a source: the longest block that it lies in.",
    discussion: "The exit status is 0 where there is a block, 1 where there is none. Communities are not shown.")

  @Argument(help: "The database.")
  var database: String
  @Argument(help: "The source's address.")
  var source: String

  func run() throws {
    let inventory = try Inventory(path: database)
    guard let found = try inventory.lookup(text: source) else {
      throw ValidationError("'\(source)' is no IPv4 or IPv6 address.")
    }
    guard let entry = found else {
      print("\(source) lies in no block: its traps go nowhere, counted as no-route.")
      throw ExitCode(1)
    }
    print((["\(source) lies in \(entry.prefix)"] + entry.lines.map { "  " + $0 }).joined(separator: "\n"))
  }
}
