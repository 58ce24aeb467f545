internal import FoundationEssentials

/// Times of the wall clock, nanoseconds since 1970, as the API writes them.
internal enum WallClockText {
  /// RFC 3339, UTC, with milliseconds.
  static func rfc3339(_ nanoseconds: UInt64) -> String {
    Date(timeIntervalSince1970: Double(nanoseconds) / 1e9).formatted(
      Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
