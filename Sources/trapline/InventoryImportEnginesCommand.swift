internal import ArgumentParser
internal import TrapInventory

struct InventoryImportEnginesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-engines",
    abstract: "Bring from a CSV file into an inventory which device each SNMPv3 engine is, in one transaction.",
    discussion: """
      The first row names the columns: engine_id, in hexadecimal, and agent, the device's address. Verified messages of \
      the engine are then the agent's, whatever address they come from.
      The exit status is 0 where no row was bad, 1 where one was or the database could not be written, 2 for wrong usage.
      """)

  @OptionGroup var work: InventoryTableImport

  func run() throws { try work.run(.engines) }
}
