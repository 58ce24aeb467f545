/// The six traps that every agent may send (RFC 3418 §2, RFC 3584 §3.1), and the short forms of OIDs.
enum StandardTrap {
  private static let root = "1.3.6.1.6.3.1.1.5."
  private static let names = [
    "coldStart", "warmStart", "linkDown", "linkUp", "authenticationFailure", "egpNeighborLoss",
  ]

  /// nil where the OID is none of them.
  static func name(of oid: String) -> String? {
    guard oid.hasPrefix(root), let number = Int(oid.dropFirst(root.count)) else { return nil }
    return names.indices.contains(number - 1) ? names[number - 1] : nil
  }

  /// The OID of a name, in any case of letters.
  static func oid(of name: String) -> String? {
    names.firstIndex { $0.lowercased() == name.lowercased() }.map { root + String($0 + 1) }
  }

  /// The OID with the name of the well-known node that it is below (RFC 2578 §2): `enterprises.9.9.43.2.0.1`.
  static func short(_ oid: String) -> String {
    for (prefix, name) in [("1.3.6.1.4.1.", "enterprises."), ("1.3.6.1.2.1.", "mib-2.")] where oid.hasPrefix(prefix) {
      return name + oid.dropFirst(prefix.count)
    }
    return oid
  }
}
