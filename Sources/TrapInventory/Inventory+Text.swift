internal import TrapBatching
internal import TrapSecurity

extension Inventory {
  /// What is said of a source, for people, one line each; no secret.
  package func lines(of entry: InventoryEntry) throws(InventoryError) -> [String] {
    guard let name = entry.credentials, !entry.isRefused, entry.program.problem == nil else { return entry.lines }
    let described =
      switch try credentials(named: name) {
      case nil: ", which the configuration has to have"
      case .success(let stated): ": \(stated)"
      case .failure(let mistake): ", which cannot be used: \(mistake.place.column): \(mistake)"
      }
    return entry.lines.map { $0 == entry.credentialsLine ? $0 + described : $0 }
  }

  /// What is said of an SNMPv3 engine; nil where the text is no engine ID.
  package func lines(ofEngine text: String) throws(InventoryError) -> [String]? {
    guard let engineID = try? InventoryValue.engineID(text) else { return nil }
    switch try agent(of: engineID) {
    case nil: return []
    case .some(nil): return ["its agent is no address"]
    case .some(let agent?): return ["its agent is \(agent)"]
    }
  }
}
