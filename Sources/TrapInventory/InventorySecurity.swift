package import TrapBatching
package import TrapSecurity

/// Look-ups in `credentials` and `engines`.
internal final class InventorySecurity {
  private let find: SQLiteStatement
  private let engine: SQLiteStatement

  init(_ connection: SQLiteConnection) throws(InventoryError) {
    find = try connection.prepare("SELECT \(StatedCredentials.columns) FROM credentials WHERE name = ?1")
    engine = try connection.prepare("SELECT agent FROM engines WHERE engine_id = ?1")
  }

  func credentials(named name: String) throws(InventoryError) -> Result<StatedCredentials, CredentialsMistake>? {
    find.bind(name, at: 1)
    guard try find.step() else { return nil }
    defer { find.reset() }
    return Result { () throws(CredentialsMistake) in try StatedCredentials(find) }
  }

  func agent(of engineID: [UInt8]) throws(InventoryError) -> String? {
    engine.bind(engineID, at: 1)
    guard try engine.step() else { return nil }
    defer { engine.reset() }
    return engine.text(0) ?? ""
  }
}

extension Inventory {
  /// The credentials of this name, or what is wrong with their row; nil where there are none, and a name is then one of
  /// the configuration's.
  package func credentials(
    named name: String
  ) throws(InventoryError) -> Result<StatedCredentials, CredentialsMistake>? {
    try read { () throws(InventoryError) in try security?.credentials(named: name) }
  }

  /// The device that an SNMPv3 engine is, nil where nothing is said of it; and in the result, where its row holds no
  /// address.
  package func agent(of engineID: [UInt8]) throws(InventoryError) -> SourceAddress?? {
    try read { () throws(InventoryError) in
      guard let text = try security?.agent(of: engineID) else { return nil }
      return .some(SourceAddress(text))
    }
  }
}
