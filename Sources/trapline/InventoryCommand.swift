internal import ArgumentParser

struct InventoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inventory",
    abstract: "Fill, check and ask the file that tells a daemon where each source's traps go, and whose keys it has.",
    discussion: """
      An inventory is a SQLite database that <sqlite path="…"/> of the configuration names. The daemon sees a change \
      within about a second; nothing has to be restarted or told.

        trapline inventory import sources.csv --into inventory.db
        trapline inventory import-credentials users.csv --into inventory.db
        trapline inventory import-engines engines.csv --into inventory.db
        trapline inventory check inventory.db --engines alarms,archive
        trapline inventory show inventory.db 10.1.2.3
      """,
    subcommands: [
      InventoryImportCommand.self, InventoryImportCredentialsCommand.self, InventoryImportEnginesCommand.self,
      InventoryCheckCommand.self, InventoryShowCommand.self,
    ])
}
