/// How a running program ended, as far as can be seen.
internal enum ProgramEnd: Equatable, CustomStringConvertible {
  case exited(ChildExit)
  /// The other end closed the connection and had read everything: of the exit status nothing is known.
  case closed
  /// The other end closed the connection with octets unread or unwritten.
  case reset
  /// We closed the connection; who was behind it may still run.
  case left

  var isSuccess: Bool {
    switch self {
    case .exited(let exit): exit.isSuccess
    case .closed: true
    case .reset, .left: false
    }
  }

  var description: String {
    switch self {
    case .exited(let exit): "\(exit)"
    case .closed: "connection closed"
    case .reset: "connection closed before everything was read"
    case .left: "connection given up"
    }
  }
}
