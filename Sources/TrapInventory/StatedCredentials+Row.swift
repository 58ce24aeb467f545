internal import TrapSecurity

extension StatedCredentials {
  /// Columns of `credentials`, as `init` takes them.
  internal static let columns =
    "name, user, engine_id, auth, auth_secret, priv, priv_secret, form, minimum_level, checks_time_window, community, version"

  /// From a row of these columns. Throws where a reader cannot use it.
  internal init(_ row: SQLiteStatement) throws(CredentialsMistake) {
    self.init(name: row.text(0) ?? "")
    user = row.octets(1)
    engineID = row.octets(2)
    auth = try StatedCredentials.auth(row.text(3))
    authSecret = row.octets(4)
    priv = try StatedCredentials.priv(row.text(5))
    privSecret = row.octets(6)
    form = try StatedCredentials.form(row.text(7)) ?? .passphrase
    minimumLevel = try StatedCredentials.level(row.text(8))
    checksTimeWindow = row.isNull(9) || row.integer(9) != 0
    community = row.octets(10)
    isV1 = try StatedCredentials.isV1(row.text(11))
    try check()
  }

  internal static func auth(_ name: String?) throws(CredentialsMistake) -> AuthProtocol? {
    guard let name else { return nil }
    if let method = AuthProtocol(name: name) { return method }
    throw CredentialsMistake(
      .auth, "it is no authentication protocol", "write " + AuthProtocol.allCases.map(\.name).joined(separator: ", "))
  }

  internal static func priv(_ name: String?) throws(CredentialsMistake) -> PrivProtocol? {
    guard let name else { return nil }
    if let method = PrivProtocol(name: name) { return method }
    throw CredentialsMistake(
      .priv, "it is no privacy protocol", "write " + PrivProtocol.allCases.map(\.name).joined(separator: ", "))
  }

  internal static func form(_ name: String?) throws(CredentialsMistake) -> SecretForm? {
    guard let name else { return nil }
    if let form = SecretForm(rawValue: name) { return form }
    throw CredentialsMistake(.form, "it is no form of a secret", "write passphrase, master or localized")
  }

  internal static func level(_ name: String?) throws(CredentialsMistake) -> UInt8? {
    guard let name else { return nil }
    if let level = InventoryLevel(rawValue: name) { return level.flags }
    throw CredentialsMistake(
      .minimumLevel, "it is no level of security", "write noAuthNoPriv, authNoPriv or authPriv")
  }

  internal static func isV1(_ version: String?) throws(CredentialsMistake) -> Bool? {
    guard let version else { return nil }
    guard version == "1" || version == "2c" else {
      throw CredentialsMistake(.version, "it is no version of a community", "write 1 or 2c")
    }
    return version == "1"
  }
}

extension CredentialsMistake.Place {
  /// The column of `credentials`.
  internal var column: String {
    switch self {
    case .user: "user"
    case .engineID: "engine_id"
    case .auth: "auth"
    case .authSecret: "auth_secret"
    case .priv: "priv"
    case .privSecret: "priv_secret"
    case .form: "form"
    case .minimumLevel: "minimum_level"
    case .timeWindow: "checks_time_window"
    case .community: "community"
    case .version: "version"
    }
  }
}
