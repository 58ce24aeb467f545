/// DateAndTime (RFC 2579), in UTC.
internal enum DateAndTime {
  /// 11 octets, of nanoseconds since 1970.
  internal static func octets(nanoseconds: Int64) -> [UInt8] {
    let (seconds, rest) = (floored(nanoseconds, 1_000_000_000), remainder(nanoseconds, 1_000_000_000))
    let (days, second) = (floored(seconds, 86_400), remainder(seconds, 86_400))
    let (year, month, day) = date(days)
    let clamped = UInt16(clamping: year)
    return [
      UInt8(clamped >> 8), UInt8(clamped & 0xff), UInt8(month), UInt8(day), UInt8(second / 3600),
      UInt8(second / 60 % 60), UInt8(second % 60), UInt8(rest / 100_000_000), UInt8(ascii: "+"), 0, 0,
    ]
  }

  /// Of the Gregorian calendar: in years that begin in March, a leap day is the last one.
  private static func date(_ daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let days = daysSince1970 + 719_468
    let (era, dayOfEra) = (floored(days, 146_097), remainder(days, 146_097))
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
  }

  private static func floored(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }

  private static func remainder(_ value: Int64, _ divisor: Int64) -> Int64 {
    value - floored(value, divisor) * divisor
  }
}
