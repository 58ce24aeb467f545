internal import ArgumentParser
internal import TrapInventory

/// What the imports of credentials and of engines share.
struct InventoryTableImport: ParsableArguments {
  @Argument(help: "The CSV file (RFC 4180, UTF-8); '-' is standard input.")
  var file: String

  @Option(help: "The database; made where it is not there.")
  var into: String

  @Flag(help: "Leave bad rows out, and what they name as it is.")
  var keepGoing = false

  @Flag(help: "Do everything but write it.")
  var dryRun = false

  @Flag(help: "Remove what the file does not name.")
  var replace = false

  func run(_ content: InventoryContent) throws {
    var order = InventoryImport(database: into)
    order.content = content
    (order.keepsGoing, order.isDryRun, order.replaces) = (keepGoing, dryRun, replace)
    let octets = try InventoryFile(path: file).read()
    var progress = InventoryProgressBar()
    let result = Result { () throws(InventoryError) in try order.run(octets) { progress.show($0) } }
    progress.clear()
    try InventoryImportOutcome(file: file, into: into, keepGoing: keepGoing, dryRun: dryRun, content: content)
      .tell(try result.get())
  }
}
