/// A date in one of the three forms of RFC 9110 §5.6.7.
internal enum HTTPDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Seconds since 1970; nil for anything else.
  static func seconds(_ text: String) -> Int64? {
    let words = text.lowercased().split { $0 == " " || $0 == "," || $0 == "-" }
    // Sun, 06 Nov 1994 08:49:37 GMT; Sunday, 06-Nov-94 08:49:37 GMT; Sun Nov  6 08:49:37 1994
    switch words.count {
    case 6 where words[5] == "gmt": return seconds(words[1], words[2], words[3], words[4])
    case 5: return seconds(words[2], words[1], words[4], words[3])
    default: return nil
    }
  }

  private static func seconds(
    _ dayText: Substring, _ monthText: Substring, _ yearText: Substring, _ timeText: Substring
  ) -> Int64? {
    let time = timeText.split(separator: ":").compactMap { Int64($0) }
    guard let day = Int64(dayText), (1...31).contains(day), let month = months.firstIndex(of: String(monthText)),
      let yearNumber = Int64(yearText), (0...9999).contains(yearNumber), time.count == 3,
      (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
    else { return nil }
    let year = yearText.count > 2 ? yearNumber : yearNumber + (yearNumber < 70 ? 2000 : 1900)
    return days(year, Int64(month) + 1, day) * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
  }

  /// Days since 1970-01-01. Years are counted from March, so that the leap day is the last of its year.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let marchYear = month <= 2 ? year - 1 : year
    let marchMonth = (month + 9) % 12
    let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
    return 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
  }
}
