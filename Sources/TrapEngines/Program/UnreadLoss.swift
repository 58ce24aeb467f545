/// What of acknowledged batches can be lost with a program, because it stood unread in its input.
internal enum UnreadLoss: Equatable {
  case none
  case octets(Int)
  /// A connection does not tell.
  case unknown

  /// To be appended to a log line; empty where nothing is lost.
  var clause: String {
    switch self {
    case .none: ""
    case .octets(let count): "; \(count) octets of acknowledged traps stood unread in its input"
    case .unknown: "; up to 64 KiB of acknowledged traps may have stood unread in its input"
    }
  }
}
