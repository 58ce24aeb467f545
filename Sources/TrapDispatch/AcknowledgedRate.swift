/// Traps a second that one processing engine acknowledged of late, by the clock on the wall: idle time counts.
///
/// It looks back two seconds, or over the last four acknowledgements where these took longer, and never over more than
/// 30 seconds, so that it fits an engine of ten traps a second as well as one of a million.
internal struct AcknowledgedRate: Sendable, Equatable {
  private struct Slot: Sendable, Equatable {
    /// The slot's traps came in since `from`; the last acknowledgement among them was at `until`.
    var from: UInt64
    var until: UInt64
    var traps: Double
  }

  private var slots: [Slot] = []

  /// Acknowledgements that begin within this time share a slot, which bounds how many slots there are.
  private static let slotSpan: UInt64 = 100_000_000
  private static let spanMin: UInt64 = 2_000_000_000
  private static let spanMax: UInt64 = 30_000_000_000
  private static let slotsMin = 4
  /// Two acknowledgements right after each other say nothing about a second.
  private static let divisorMin: UInt64 = 50_000_000

  /// `handedOver`: when the batch of these traps went out.
  mutating func add(_ traps: Int, handedOver: UInt64, now: UInt64) {
    dropOld(now: now)
    if let last = slots.last, now - last.from < AcknowledgedRate.slotSpan {
      slots[slots.count - 1].until = now
      slots[slots.count - 1].traps += Double(traps)
    } else {
      slots.append(Slot(from: slots.last?.until ?? min(handedOver, now), until: now, traps: Double(traps)))
    }
  }

  func perSecond(now: UInt64) -> Double { perSecond(now: now, until: now) }

  /// The same, up to the last acknowledgement: what the engine took until it took no more.
  func lastPerSecond(now: UInt64) -> Double { perSecond(now: now, until: slots.last?.until ?? now) }

  private func perSecond(now: UInt64, until end: UInt64) -> Double {
    var recent = self
    recent.dropOld(now: now)
    guard let first = recent.slots.first else { return 0 }
    let span = max(end - min(first.from, end), AcknowledgedRate.divisorMin)
    return recent.slots.reduce(0) { $0 + $1.traps } * 1e9 / Double(span)
  }

  private mutating func dropOld(now: UInt64) {
    while let first = slots.first {
      let age = now - min(first.until, now)
      guard age > AcknowledgedRate.spanMax || slots.count > AcknowledgedRate.slotsMin && age > AcknowledgedRate.spanMin
      else { return }
      slots.removeFirst()
    }
  }
}
