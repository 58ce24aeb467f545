internal final class StreamAnswers: Sendable {
  internal func attach(_ wakeup: AgentWakeup) {}
}
