internal import ArgumentParser
internal import SNMPWire
internal import TrapBatching
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

  func validate() throws {
    guard SourceAddress(source) != nil else {
      throw ValidationError("'\(source)' is no IPv4 or IPv6 address.")
    }
  }

  func run() throws {
    let inventory = try Inventory(path: database)
    guard let address = SourceAddress(source), let entry = try inventory.lookup(address) else {
      print("\(source) lies in no block: its traps go nowhere, counted as no-route.")
      throw ExitCode(1)
    }
    print(lines(entry).joined(separator: "\n"))
  }

  private func lines(_ entry: InventoryEntry) -> [String] {
    var lines = ["\(source) lies in \(entry.prefix)"]
    if entry.isRefused { return lines + ["  refused: its traps are counted as metadata-refused"] }
    if let problem = entry.program.problem {
      return lines + ["  its program cannot be read: \(problem)", "  its traps go nowhere, counted as no-route"]
    }
    if let name = entry.program.name { lines.append("  program \(name)") }
    for (index, route) in entry.program.routes.enumerated() { lines.append("  \(index + 1). \(text(route))") }
    if entry.program.routes.last.map({ !$0.isUnconditional }) ?? true {
      lines.append("  any other trap: nowhere, counted as no-route")
    }
    for attribute in entry.attributes { lines.append("  \(attribute.name) = \(attribute.value)") }
    if let credentials = entry.credentials { lines.append("  credentials of \(credentials)") }
    if let level = entry.level { lines.append("  at least \(level.rawValue)") }
    if let timeToLive = entry.timeToLive { lines.append("  asked again after \(Digits.span(timeToLive))") }
    return lines
  }

  private func text(_ route: InventoryRoute) -> String {
    var conditions: [String] = []
    if let trap = route.trap { conditions.append("trap \(trap)") }
    if !route.versions.isEmpty { conditions.append("version \(route.versions.map(\.name).joined(separator: " "))") }
    if !route.pdus.isEmpty { conditions.append("pdu \(route.pdus.contains(.inform) ? "inform" : "trap")") }
    if route.community != nil { conditions.append("a community") }
    let from = conditions.isEmpty ? "any trap" : conditions.joined(separator: ", ")
    return from + " → " + (route.engines.isEmpty ? "nowhere" : route.engines.joined(separator: " "))
  }
}
