/// Keeps a threshold's events apart. What changes within the quiet time is told at its end, as one event that tells the
/// last change and how many there were.
internal struct EventSpacing {
  let minimum: UInt64
  private var quietUntil: UInt64 = 0
  private(set) var pending: ThresholdEvent?

  init(minimum: UInt64) { self.minimum = minimum }

  /// When what waits is to be told.
  var nextLook: UInt64? { pending == nil ? nil : quietUntil }

  /// A change: the event that is to be told now, if any.
  mutating func offer(_ event: ThresholdEvent, now: UInt64) -> ThresholdEvent? {
    var event = event
    event.changes += pending?.changes ?? 0
    pending = event
    return release(now: now)
  }

  /// The event whose quiet time is over.
  mutating func release(now: UInt64) -> ThresholdEvent? {
    guard let event = pending, now >= quietUntil else { return nil }
    pending = nil
    // No interval, no quiet time: also where the clock goes back.
    if minimum > 0 { quietUntil = now.later(by: minimum) }
    return event
  }

  /// What waits, told at once: the threshold goes.
  mutating func takePending() -> ThresholdEvent? {
    defer { pending = nil }
    return pending
  }
}
