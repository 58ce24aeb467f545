/// What became of one batch at its processing engine.
package enum DeliveryOutcome: Sendable, Equatable {
  /// The engine has it; the batch is consumed.
  case acknowledged
  /// The engine cannot take anything now: the same batch comes again, after `retryAfter` nanoseconds or, without one,
  /// after a growing pause. Never a dead letter. `isThrottled`: the engine is there and asks for less (429), or did not
  /// keep up (a timeout after the batch was sent), so its pace is lowered; a refused connection says nothing of a pace.
  case unavailable(reason: String, retryAfter: UInt64? = nil, isThrottled: Bool = false)
  /// The engine will not take this batch: it is halved until the poisonous traps stand alone, and these become dead
  /// letters. With `countsAttempts` (a program died on it) the same batch comes again until its attempts are used up.
  case refused(reason: String, countsAttempts: Bool = false)
}
