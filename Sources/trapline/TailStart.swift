internal import ArgumentParser
internal import TrapControl

/// `--from`: `now`, `oldest`, or a sequence number.
enum TailStart: ExpressibleByArgument, Equatable {
  case now
  case oldest
  case sequence(UInt64)

  init?(argument: String) {
    switch argument {
    case "now": self = .now
    case "oldest": self = .oldest
    default:
      guard let number = UInt64(argument) else { return nil }
      self = .sequence(number)
    }
  }

  var point: StartPoint {
    switch self {
    case .now: .now
    case .oldest: .oldest
    case .sequence(let number): .sequence(number)
    }
  }

  var defaultValueDescription: String { if case .sequence(let number) = self { "\(number)" } else { "\(self)" } }
}
