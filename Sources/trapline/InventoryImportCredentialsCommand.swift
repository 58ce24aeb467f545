internal import ArgumentParser
internal import TrapInventory

struct InventoryImportCredentialsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-credentials",
    abstract: "Bring SNMPv3 users and communities from a CSV file into an inventory, in one transaction.",
    discussion: """
      The first row names the columns, in any order: name, user, engine_id, auth, auth_secret, priv, priv_secret, form, \
      minimum_level, checks_time_window, community, version. Only 'name' is needed, and a user or a community. Sources \
      name credentials in their column of that name. Secrets are passphrases, or in hexadecimal the keys that form says: \
      master or localized. No message tells a secret.
      The exit status is 0 where no row was bad, 1 where one was or the database could not be written, 2 for wrong usage.
      """)

  @OptionGroup var work: InventoryTableImport

  func run() throws { try work.run(.credentials) }
}
