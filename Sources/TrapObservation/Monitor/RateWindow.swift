/// The change of a gauge within a period T: its value now less that at the beginning of the half period before the
/// present one. So it looks back between T/2 and T, and sees every burst shorter than T/2 whole.
///
/// A half period ends when it is looked at, T/2 after its beginning at the earliest: a timer that is late makes it longer,
/// and no change is left out. While the gauge rests no half period runs: the next change begins one.
internal struct RateWindow: Sendable {
  private let period: UInt64
  private let isCounter: Bool
  /// Before it nothing is known that could be *below* anything; nil: that time is over, or nobody asks.
  private var incompleteUntil: UInt64?
  /// The values at the beginning of the half period before, and of the present one.
  private var previous: Int64
  private var present: Int64
  private var began: UInt64
  private var last: Int64
  private var isMoving = false

  /// `needsWhole`: there is no value before one period has passed.
  init(period: UInt64, value: Int64, now: UInt64, isCounter: Bool, needsWhole: Bool) {
    self.period = max(period, 2)
    self.isCounter = isCounter
    incompleteUntil = needsWhole ? now.later(by: self.period) : nil
    previous = value
    present = value
    last = value
    began = now
  }

  private var half: UInt64 { period / 2 }

  var isComplete: Bool { incompleteUntil == nil }

  /// The gauge has this value now.
  mutating func enter(_ value: Int64, now: UInt64) {
    if let until = incompleteUntil, now >= until { incompleteUntil = nil }
    if isCounter && value &- last < 0 {
      // It was reset: what it says from now on has nothing to do with what it said before.
      begin(at: value, now: now)
      isMoving = false
    } else if !isMoving {
      guard value != last else { return }
      begin(at: last, now: now)
      isMoving = true
    } else if now < began {
      began = now
    } else if now - began >= half {
      previous = present
      present = value
      began = now
      isMoving = previous != value
    }
    last = value
  }

  private mutating func begin(at value: Int64, now: UInt64) {
    previous = value
    present = value
    began = now
  }

  /// Units per period. A counter that wraps goes on.
  var change: Int64 { isCounter ? last &- previous : last.subtractingClamped(previous) }

  /// The values of the gauge for which the change stays within `changes`, the present one among them.
  func values(for changes: ClosedRange<Int64>) -> ClosedRange<Int64> {
    guard isMoving else { return last...last }
    guard isCounter else {
      return previous.addingClamped(changes.lowerBound)...previous.addingClamped(changes.upperBound)
    }
    // A counter only grows; where it would wrap before the bound it is looked at when it does.
    let end = changes.upperBound == .max ? .max : previous &+ changes.upperBound
    return last...(end < last ? .max : end)
  }

  /// When it must be looked at though the gauge does not change.
  var nextLook: UInt64? {
    let ends = isMoving ? began.later(by: half) : nil
    guard let incompleteUntil else { return ends }
    return min(incompleteUntil, ends ?? .max)
  }
}
