extension Classifier {
  /// Says what is known of a source and where its traps go: `reply` runs on the classification thread at its next turn,
  /// and must return at once. False, and no reply, where too many questions are waiting or the classification has ended.
  @discardableResult
  package func explain(_ question: KeyQuestion, reply: @escaping @Sendable (KeyExplanation) -> Void) -> Bool {
    ask(question, reply)
  }

  /// The same, waiting; nil where there is no reply.
  package func explain(_ question: KeyQuestion) async -> KeyExplanation? {
    await withCheckedContinuation { continuation in
      let isAsked = explain(question) { continuation.resume(returning: $0) }
      if !isAsked { continuation.resume(returning: nil) }
    }
  }
}
