internal import ArgumentParser

/// How fast to send: `10000/s`, or `full` for as fast as the machine can.
enum SendingRate: ExpressibleByArgument, Equatable {
  case full
  case perSecond(UInt64)

  init?(argument: String) {
    if argument == "full" {
      self = .full
      return
    }
    let number = argument.hasSuffix("/s") ? String(argument.dropLast(2)) : argument
    guard let rate = UInt64(number), rate > 0, rate <= 100_000_000 else { return nil }
    self = .perSecond(rate)
  }

  var defaultValueDescription: String {
    switch self {
    case .full: "full"
    case .perSecond(let rate): "\(rate)/s"
    }
  }

  /// Messages in one system call: few at a low rate, so that the traps are spread and not sent in bursts.
  var batch: Int {
    switch self {
    case .full: 64
    case .perSecond(let rate): Int(min(64, max(1, rate / 1000)))
    }
  }

  /// Nanoseconds from the start at which trap `number`, counted from 0, is due.
  func due(_ number: UInt64) -> UInt64 {
    switch self {
    case .full: 0
    case .perSecond(let rate): UInt64(Double(number) / Double(rate) * 1e9)
    }
  }
}
