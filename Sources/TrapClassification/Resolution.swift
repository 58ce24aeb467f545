/// How the question after one key ended.
internal enum Resolution {
  case program(RoutingProgram)
  case refused
  /// No answer came in time: the default route, else `unrouted[hold-timeout]`.
  case timedOut

  init(_ verdict: MetadataVerdict) {
    switch verdict {
    case .program(let program): self = .program(program)
    case .refused: self = .refused
    }
  }
}
