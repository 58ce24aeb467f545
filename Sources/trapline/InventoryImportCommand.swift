internal import ArgumentParser
internal import Glibc
internal import TrapInventory

struct InventoryImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring a CSV file into an inventory, in one transaction.",
    discussion: """
      The first row names the columns, in any order: source, engines, trap, version, pdu, community, program, \
      credentials, level, ttl, refused. Only 'source' is needed; every other column becomes an attribute of its name. \
      Several rows of one source are its routes, in order. A row with a program and without a source adds a route to \
      the program.

      Sources that the file names become what the file says; others stay, unless --replace is given. A bad row stops \
      all, unless --keep-going is given; either way every bad row is reported. The exit status is 0 where no row was bad, \
      1 where one was or the database could not be written, 2 for wrong usage.
      """)

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

  func run() throws {
    var order = InventoryImport(database: into)
    (order.keepsGoing, order.isDryRun, order.replaces) = (keepGoing, dryRun, replace)
    let octets = try InventoryFile(path: file).read()
    var progress = InventoryProgressBar()
    let result = Result { () throws(InventoryError) in try order.run(octets) { progress.show($0) } }
    progress.clear()
    try InventoryImportOutcome(file: file, into: into, keepGoing: keepGoing, dryRun: dryRun, content: .sources)
      .tell(try result.get())
  }
}
