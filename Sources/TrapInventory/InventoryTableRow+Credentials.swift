internal import TrapSecurity

extension InventoryTableRow {
  /// A row for `credentials`, checked.
  func credentials() throws(InventoryRowIssueError) -> StatedCredentials {
    var stated = StatedCredentials(
      name: try required("name") { text throws(InventoryValueMistake) in try InventoryValue.reference(text) })
    stated.user = self["user"].map { Array($0.utf8) }
    stated.engineID = try optional("engine_id") { text throws(InventoryValueMistake) in
      try InventoryValue.engineID(text)
    }
    if let checks = try optional(
      "checks_time_window", { text throws(InventoryValueMistake) in try InventoryValue.flag(text) })
    {
      stated.checksTimeWindow = checks
    }
    do throws(CredentialsMistake) {
      stated.form = try StatedCredentials.form(self["form"]) ?? .passphrase
      stated.auth = try StatedCredentials.auth(self["auth"])
      stated.priv = try StatedCredentials.priv(self["priv"])
      stated.authSecret = try secret("auth_secret", .authSecret, stated.form)
      stated.privSecret = try secret("priv_secret", .privSecret, stated.form)
      stated.minimumLevel = try StatedCredentials.level(self["minimum_level"])
      stated.community = fields["community"].map { Array($0.utf8) }
      stated.isV1 = try StatedCredentials.isV1(self["version"])
      try stated.check()
    } catch {
      throw InventoryRowIssueError(
        issues: [InventoryRowIssue(line, error.place.column, error.problem, error.remedy)])
    }
    return stated
  }

  /// A passphrase as it stands there, spaces included, or a key in hexadecimal.
  private func secret(
    _ column: String, _ place: CredentialsMistake.Place, _ form: SecretForm
  ) throws(CredentialsMistake) -> [UInt8]? {
    guard form != .passphrase else { return fields[column].map { Array($0.utf8) } }
    guard let text = self[column] else { return nil }
    guard let octets = InventoryValue.hexadecimal(text) else {
      throw CredentialsMistake(
        place, "the \(form.rawValue) key is not hexadecimal", "write pairs of hexadecimal digits, or another form")
    }
    return octets
  }
}
