/// DateAndTime (RFC 2579) of a moment, in UTC and with the zone: 11 octets.
internal struct DateAndTime: Equatable {
  internal let year: Int
  internal let month: Int
  internal let day: Int
  private let nanosecondsOfDay: UInt64

  /// Nanoseconds since 1970.
  internal init(_ nanoseconds: UInt64) {
    let dayLength: UInt64 = 86_400_000_000_000
    nanosecondsOfDay = nanoseconds % dayLength
    // Days from the first of March of the year 0, of 400-year cycles: the leap day is a year's last.
    let days = Int(nanoseconds / dayLength) + 719_468
    let cycle = days / 146_097
    let dayOfCycle = days % 146_097
    let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
  }

  internal func withOctets<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    let seconds = nanosecondsOfDay / 1_000_000_000
    let tenths = nanosecondsOfDay % 1_000_000_000 / 100_000_000
    return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 11) { octets in
      unsafe octets.update(repeating: 0)
      unsafe octets[0] = UInt8(truncatingIfNeeded: year >> 8)
      unsafe octets[1] = UInt8(truncatingIfNeeded: year)
      unsafe octets[2] = UInt8(month)
      unsafe octets[3] = UInt8(day)
      unsafe octets[4] = UInt8(seconds / 3600)
      unsafe octets[5] = UInt8(seconds / 60 % 60)
      unsafe octets[6] = UInt8(seconds % 60)
      unsafe octets[7] = UInt8(tenths)
      unsafe octets[8] = UInt8(ascii: "+")
      return unsafe body(UnsafeBufferPointer(octets))
    }
  }
}
