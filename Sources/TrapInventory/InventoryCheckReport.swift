/// What is in an inventory, and what is wrong with it.
package struct InventoryCheckReport: Sendable, Equatable {
  /// How many problems and warnings are kept, each; the rest is only counted.
  package static let linesMax = 1000

  package var sources = 0
  package var ipv4 = 0
  package var refused = 0
  package var programs = 0
  package var namedPrograms = 0
  package var routes = 0
  package var attributes = 0
  /// Rows of `credentials`, and names that sources have and these rows do not: the configuration must have them. Sorted.
  package var credentials = 0
  package var credentialsElsewhere: [String] = []
  /// SNMPv3 engines whose agent is named.
  package var agents = 0
  /// Names of engines that routes lead to, sorted.
  package var engines: [String] = []
  /// Lengths of blocks in use: as many point lookups does a source cost at most.
  package var lengths = 0
  /// What a reader cannot use, or would use otherwise than was meant.
  package var problems: [String] = []
  package var problemCount = 0
  /// What is probably not meant.
  package var warnings: [String] = []
  package var warningCount = 0

  internal mutating func problem(_ text: String) {
    problemCount += 1
    if problems.count < InventoryCheckReport.linesMax { problems.append(text) }
  }

  internal mutating func warning(_ text: String) {
    warningCount += 1
    if warnings.count < InventoryCheckReport.linesMax { warnings.append(text) }
  }
}
