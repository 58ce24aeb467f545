/// A gauge's value with its unit, for people.
enum Quantity {
  /// `unit` as `GaugeName.Unit` names it.
  static func text(_ value: Int64, _ unit: String) -> String {
    let sign = value < 0 ? "-" : ""
    switch unit {
    case "bytes": return sign + Digits.octets(value.magnitude)
    case "nanoseconds" where value.magnitude < 1_000_000_000: return sign + milliseconds(value)
    case "nanoseconds": return sign + Digits.span(value.magnitude)
    case "state": return "\(value)"
    default: return Digits.grouped(value) + " " + unit
    }
  }

  private static func milliseconds(_ nanoseconds: Int64) -> String {
    let tenths = nanoseconds.magnitude / 100_000
    return tenths % 10 == 0 ? "\(tenths / 10) ms" : "\(tenths / 10).\(tenths % 10) ms"
  }
}
