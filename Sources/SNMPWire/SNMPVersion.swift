/// The message versions that Trapline speaks; the raw value is the one in the message.
package enum SNMPVersion: UInt8, CaseIterable, Sendable {
  case v1 = 0
  case v2c = 1
  case v3 = 3

  /// As in configuration and JSON: `1`, `2c`, `3`.
  package var name: String {
    switch self {
    case .v1: "1"
    case .v2c: "2c"
    case .v3: "3"
    }
  }
}
