internal import ArgumentParser

/// A duration on the command line: `250ms`, `30s`, `5m`, `1h`.
struct TimeSpan: ExpressibleByArgument, Equatable {
  let nanoseconds: UInt64

  init(seconds: UInt64) { nanoseconds = seconds * 1_000_000_000 }

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    let units: [String: UInt64] = [
      "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000,
    ]
    guard let count = UInt64(digits), let unit = units[String(argument.dropFirst(digits.count))] else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    nanoseconds = product
  }

  var defaultValueDescription: String {
    nanoseconds % 1_000_000_000 == 0 ? "\(nanoseconds / 1_000_000_000)s" : "\(nanoseconds / 1_000_000)ms"
  }
}
