internal import Synchronization

/// The answer that a processing engine owes for one batch. Copies share the one answer: only the first one counts.
package struct BatchCompletion: Sendable {
  private let answer: Answer

  /// How often this batch was handed over, this time included: 1, 2, …
  package let attempt: Int

  /// `answered` runs once, on the thread that completes; `repeated` for every later call.
  package init(
    attempt: Int = 1, repeated: @escaping @Sendable () -> Void = {},
    answered: @escaping @Sendable (DeliveryOutcome) -> Void
  ) {
    self.attempt = attempt
    answer = Answer(answered: answered, repeated: repeated)
  }

  package func complete(_ outcome: DeliveryOutcome) { answer.give(outcome) }

  private final class Answer: Sendable {
    private let given = Atomic<Bool>(false)
    private let answered: @Sendable (DeliveryOutcome) -> Void
    private let repeated: @Sendable () -> Void

    init(answered: @escaping @Sendable (DeliveryOutcome) -> Void, repeated: @escaping @Sendable () -> Void) {
      self.answered = answered
      self.repeated = repeated
    }

    func give(_ outcome: DeliveryOutcome) {
      if given.exchange(true, ordering: .acquiringAndReleasing) { repeated() } else { answered(outcome) }
    }

    deinit {
      // An adapter that forgets a batch would hold its credit for ever; this way it gets the batch again.
      guard !given.load(ordering: .acquiring) else { return }
      answered(.unavailable(reason: "the engine let go of the batch without an answer", retryAfter: nil))
    }
  }
}
