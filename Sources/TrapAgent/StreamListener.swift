package final class StreamListener: Sendable {
  internal let answers = StreamAnswers()
}
