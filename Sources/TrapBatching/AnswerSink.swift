/// Where answers go. Called from any thread; returns at once.
package protocol AnswerSink: AnyObject, Sendable {
  /// False: there is no room, or nobody to send it to any more; its sender will ask again.
  func send(_ answer: Answer) -> Bool
}
