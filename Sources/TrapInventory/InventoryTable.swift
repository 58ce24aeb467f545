internal import TrapSecurity

/// A table whose rows are those of a CSV file, column by column. The first column is the key, and each row must have it.
internal struct InventoryTable: Sendable {
  let name: String
  let columns: [String]
  /// The values of a row, in the order of the columns.
  let values: @Sendable (InventoryTableRow) throws(InventoryRowIssueError) -> [SQLiteValue]

  static let engines = InventoryTable(name: "engines", columns: ["engine_id", "agent"]) {
    (row) throws(InventoryRowIssueError) in
    let engineID = try row.required("engine_id") { text throws(InventoryValueMistake) in
      try InventoryValue.engineID(text)
    }
    let agent = try row.required("agent") { text throws(InventoryValueMistake) in try InventoryValue.agent(text) }
    return [.octets(engineID), .text(agent)]
  }

  static let credentials = InventoryTable(
    name: "credentials", columns: StatedCredentials.columns.split(separator: ", ").map(String.init)
  ) { (row) throws(InventoryRowIssueError) in
    let stated = try row.credentials()
    return [
      .text(stated.name), row.text("user"), stated.engineID.map { .octets($0) } ?? .null, row.text("auth"),
      stated.authSecret.map { .octets($0) } ?? .null, row.text("priv"),
      stated.privSecret.map { .octets($0) } ?? .null, .text(stated.form.rawValue), row.text("minimum_level"),
      .integer(stated.checksTimeWindow ? 1 : 0), stated.community.map { .octets($0) } ?? .null, row.text("version"),
    ]
  }
}
