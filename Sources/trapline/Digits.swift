/// How numbers are printed for people.
enum Digits {
  /// `1234567` → `1,234,567`.
  static func grouped(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// Octets in the largest unit that leaves one digit or more: `1.5 MiB`.
  static func octets(_ value: UInt64) -> String {
    var (size, unit) = (Double(value), "B")
    for next in ["KiB", "MiB", "GiB", "TiB"] where size >= 1024 { (size, unit) = (size / 1024, next) }
    let tenths = UInt64((size * 10).rounded())
    return unit == "B" || tenths % 10 == 0 ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
  }

  /// A duration in nanoseconds, in its two largest units: `3 d 4 h`, `12.3 s`.
  static func span(_ nanoseconds: UInt64) -> String {
    let seconds = nanoseconds / 1_000_000_000
    switch seconds {
    case ..<60: return "\(seconds).\(nanoseconds / 100_000_000 % 10) s"
    case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
    case ..<86_400: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
    default: return "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
    }
  }

  /// Seconds as `span`; what is negative is none.
  static func seconds(_ seconds: Double) -> String {
    span(seconds > 0 && seconds < 1e9 ? UInt64(seconds * 1_000_000_000) : 0)
  }

  /// Per second, whole from ten on: `1,200/s`, `0.4/s`.
  static func rate(_ perSecond: Double) -> String {
    guard perSecond >= 0, perSecond < 1e15 else { return "?/s" }
    let tenths = UInt64((perSecond * 10).rounded())
    return tenths >= 100 || tenths % 10 == 0
      ? grouped(UInt64(perSecond.rounded())) + "/s" : "\(tenths / 10).\(tenths % 10)/s"
  }
}
