/// RFC 3339 times in UTC with microseconds. Traps of one second share the text up to the point.
internal struct TimestampText {
  private var second = Int64.min
  private var text = InlineArray<19, UInt8>(repeating: 0)

  /// Writes `2026-11-21T03:20:11.123456Z`, quotes included; `time` in nanoseconds since 1970, floored.
  mutating func write(_ time: Int64, to output: inout OutputSpan<UInt8>) {
    let (second, nanosecond) = Self.divide(time, 1_000_000_000)
    if second != self.second { spell(second) }
    output.append(UInt8(ascii: "\""))
    for index in text.indices { output.append(text[index]) }
    output.append(UInt8(ascii: "."))
    output.writePadded(UInt32(nanosecond / 1000), digits: 6)
    output.write("Z\"")
  }

  private mutating func spell(_ second: Int64) {
    self.second = second
    let (day, ofDay) = Self.divide(second, 86_400)
    let (year, month, dayOfMonth) = Self.date(day)
    put(year / 100, at: 0)
    put(year % 100, at: 2)
    put(month, at: 5)
    put(dayOfMonth, at: 8)
    put(ofDay / 3600, at: 11)
    put(ofDay / 60 % 60, at: 14)
    put(ofDay % 60, at: 17)
    text[4] = UInt8(ascii: "-")
    text[7] = UInt8(ascii: "-")
    text[10] = UInt8(ascii: "T")
    text[13] = UInt8(ascii: ":")
    text[16] = UInt8(ascii: ":")
  }

  private mutating func put(_ value: Int64, at index: Int) {
    text[index] = UInt8(ascii: "0") + UInt8(value / 10)
    text[index + 1] = UInt8(ascii: "0") + UInt8(value % 10)
  }

  private static func divide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, rest: Int64) {
    let rest = ((value % divisor) + divisor) % divisor
    return ((value - rest) / divisor, rest)
  }

  /// Day 0 is 1970-01-01. Years are counted from March, so that the leap day is the last of its year; an era is the
  /// 400 years after which the Gregorian calendar repeats. 64 bits of nanoseconds stay within 1677...2262.
  private static func date(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = divide(day + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }
}
