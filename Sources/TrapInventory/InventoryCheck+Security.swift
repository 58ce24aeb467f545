internal import TrapBatching
internal import TrapSecurity

/// Credentials, whom they are for, and which device an engine is.
extension InventoryCheck {
  mutating func checkSecurity(_ connection: SQLiteConnection) throws(InventoryError) {
    let hasTables = inventory.security != nil
    if hasTables {
      try checkCredentials(connection)
      try checkEngines(connection)
    }
    let known = hasTables ? "SELECT name FROM credentials" : "SELECT NULL WHERE 0"
    let elsewhere = try connection.prepare(
      "SELECT credentials, min(prefix), count(*) FROM sources WHERE credentials IS NOT NULL "
        + "AND credentials NOT IN (\(known)) GROUP BY credentials ORDER BY credentials")
    while try elsewhere.step() {
      let name = elsewhere.text(0) ?? ""
      report.credentialsElsewhere.append(name)
      guard let names, !names.contains(name) else { continue }
      report.problem(
        "source \(InventoryValueMistake.quoted(elsewhere.text(1) ?? "")): there are no credentials "
          + "\(InventoryValueMistake.quoted(name)); import them, or mend the name")
    }
  }

  private mutating func checkCredentials(_ connection: SQLiteConnection) throws(InventoryError) {
    // A level that is asked for and that nobody can send refuses all.
    let rows = try connection.prepare(
      "SELECT \(StatedCredentials.columns), (SELECT count(*) FROM sources s WHERE s.credentials = c.name), "
        + "(SELECT max(CASE level WHEN 'authPriv' THEN 3 WHEN 'authNoPriv' THEN 1 ELSE 0 END) FROM sources s "
        + "WHERE s.credentials = c.name) FROM credentials c ORDER BY name")
    while try rows.step() {
      report.credentials += 1
      let name = InventoryValueMistake.quoted(rows.text(0) ?? "")
      do throws(CredentialsMistake) {
        let stated = try StatedCredentials(rows)
        if stated.user != nil, rows.integer(13) > Int64(stated.level) {
          report.problem(
            "credentials \(name): a source asks for a level that the user cannot do; lower it, or add auth and priv")
        }
      } catch {
        report.problem("credentials \(name): \(error.place.column): \(error); until then nobody has them")
      }
      if rows.integer(12) == 0 { report.warning("credentials \(name): no source names them") }
    }
  }

  private mutating func checkEngines(_ connection: SQLiteConnection) throws(InventoryError) {
    let rows = try connection.prepare("SELECT hex(engine_id), agent FROM engines ORDER BY engine_id")
    while try rows.step() {
      report.agents += 1
      let agent = rows.text(1) ?? ""
      guard SourceAddress(agent) == nil else { continue }
      let (engine, shown) = ((rows.text(0) ?? "").lowercased(), InventoryValueMistake.quoted(agent))
      report.problem("engine \(engine): \(shown) is no address; write 10.1.2.3")
    }
  }
}
