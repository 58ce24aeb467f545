/// The `Retry-After` of an answer (RFC 9110 §10.2.3).
package enum RetryAfter {
  /// A service that asks for more gets this: it is asked whether it still means it.
  package static let max: UInt64 = 3_600_000_000_000

  /// Nanoseconds to wait, at most `max`; nil where the answer says nothing, or nothing that the RFC knows. `now` in
  /// nanoseconds since 1970: a date that has passed means at once.
  package static func nanoseconds(_ response: HTTPResponse, now: Int64) -> UInt64? {
    guard let text = response.header("retry-after") else { return nil }
    if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) {
      // More digits than a number has are a long time, too.
      return (UInt64(text) ?? .max) >= max / 1_000_000_000 ? max : UInt64(text)! * 1_000_000_000
    }
    guard let date = HTTPDate.seconds(text) else { return nil }
    let (difference, isFar) = date.subtractingReportingOverflow(now / 1_000_000_000)
    guard !isFar, difference < Int64(max / 1_000_000_000) else { return max }
    return UInt64(Swift.max(0, difference)) * 1_000_000_000
  }
}
