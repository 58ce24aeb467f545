internal import SNMPWire

extension InventoryRoute {
  /// From the columns `trap`, `version`, `pdu`, `community` and `engines` from `first` on. What a row of an inventory
  /// holds may be anybody's work: a value that is none is thrown.
  internal init(_ row: SQLiteStatement, first: Int32) throws(InventoryValueMistake) {
    if let text = row.text(first) { trap = try InventoryValue.trap(text) }
    if let text = row.text(first + 1) { versions = try InventoryValue.versions(text) }
    if let text = row.text(first + 2) { pdus = try InventoryValue.pdus(text) }
    if let octets = row.octets(first + 3) { community = try InventoryValue.community(octets) }
    engines = try InventoryValue.engines(row.text(first + 4) ?? "")
  }

  /// As the database has it; nil for any.
  internal var versionText: String? { versions.isEmpty ? nil : versions.map(\.name).joined(separator: " ") }
  /// As the database has it; nil for any.
  internal var pduText: String? { pdus.isEmpty ? nil : pdus.contains(.inform) ? "inform" : "trap" }
}
