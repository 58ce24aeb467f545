/// For people and logs: whom it is for and which protocols, never a secret.
extension StatedCredentials: CustomStringConvertible, CustomReflectable {
  package var description: String {
    guard let user else { return "community of SNMPv\(isV1 == true ? "1" : "2c")" }
    var parts = ["user \(Self.printable(user))"]
    parts.append([auth?.name, priv?.name].compactMap { $0 }.joined(separator: " and "))
    if parts[1].isEmpty { parts[1] = "noAuthNoPriv" }
    if auth != nil { parts.append(form == .passphrase ? "by passphrase" : "by \(form.rawValue) key") }
    if let engineID { parts.append("at engine \(Self.hexadecimal(engineID)) alone") }
    if let minimumLevel { parts.append("at least \(Self.levels[Int(minimumLevel & 3)])") }
    if !checksTimeWindow { parts.append("whatever its clock says") }
    return parts.joined(separator: ", ")
  }

  /// By msgFlags & 3 (RFC 3412 §6.4), of which 2 is none.
  private static let levels = ["noAuthNoPriv", "authNoPriv", "", "authPriv"]

  package var customMirror: Mirror { Mirror(self, children: []) }

  /// The user's name, without what a terminal would act on.
  private static func printable(_ octets: [UInt8]) -> String {
    let shown = String(decoding: octets, as: UTF8.self).unicodeScalars.map { scalar in
      scalar.value < 0x20 || 0x7f..<0xa0 ~= scalar.value ? "\u{fffd}" : scalar
    }
    return String(String.UnicodeScalarView(shown))
  }

  private static func hexadecimal(_ octets: [UInt8]) -> String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
