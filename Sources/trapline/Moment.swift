internal import Foundation

/// Times as the API writes them.
enum Moment {
  /// How long ago an RFC 3339 time was, for people; nil where it is none. `now`: nanoseconds since 1970.
  static func age(_ text: String, now: UInt64) -> String? {
    let whole = Date.ISO8601FormatStyle()
    let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let date = (try? fractional.parse(text)) ?? (try? whole.parse(text)) else { return nil }
    return Digits.seconds(Double(now) / 1e9 - date.timeIntervalSince1970)
  }
}
