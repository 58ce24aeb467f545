internal import TrapHTTP

/// How long a service wants to be left alone: `Retry-After` of a 429 or 503 (RFC 9110 §10.2.3).
internal enum HTTPMetadataRetryAfter {
  /// Nanoseconds: more than a day is a day.
  static let longest: UInt64 = 86400 * 1_000_000_000

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// nil for another status, and where the field is missing or unreadable. `wall`: nanoseconds since 1970.
  static func nanoseconds(of response: HTTPResponse, wall: Int64) -> UInt64? {
    guard response.status == 429 || response.status == 503, let field = response.header("retry-after") else {
      return nil
    }
    let second: UInt64 = 1_000_000_000
    if !field.isEmpty, field.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
      return min(UInt64(field) ?? .max, longest / second) * second
    }
    guard let date = seconds(field) else { return nil }
    let now = wall / 1_000_000_000
    return date <= now ? 0 : min(UInt64(date - now), longest / second) * second
  }

  /// Since 1970, of `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate); the two older forms are not written any more.
  private static func seconds(_ date: String) -> Int64? {
    let parts = date.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", let day = Int64(parts[1]), 1...31 ~= day,
      let month = months.firstIndex(of: String(parts[2])), let year = Int64(parts[3]), 1970...9999 ~= year
    else { return nil }
    let clock = parts[4].split(separator: ":").compactMap { Int64($0) }
    guard clock.count == 3, 0...23 ~= clock[0], 0...59 ~= clock[1], 0...60 ~= clock[2] else { return nil }
    // Days since 1970 of the proleptic Gregorian calendar, with years that begin in March.
    let shifted = month < 2 ? year - 1 : year
    let dayOfYear = (153 * Int64((month + 10) % 12) + 2) / 5 + day - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    return days * 86400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }
}
