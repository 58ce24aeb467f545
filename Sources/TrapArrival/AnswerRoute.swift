internal import TrapBatching

/// How a listener's answers leave.
internal enum AnswerRoute: Sendable {
  /// By the listener's first lane's socket.
  case socket(LaneSocket)
  /// By the connections of a stream listener.
  case sink(any AnswerSink)
}
