internal import TrapBatching
internal import TrapDispatch

/// What one processing engine was told, from one registration to its end, checked as it comes.
struct ChaosStory {
  /// Traps appended before this were retained when the engine joined: `late` of them are its own.
  let joined: UInt64
  let late: UInt64
  /// Routed since, in order.
  var routed: [UInt64] = []
  /// Delivered, and dead letters.
  private(set) var told: Set<UInt64> = []
  private(set) var lateTold: UInt64 = 0
  private(set) var gaps: [UInt64: Gap] = [:]
  private var last: [SourceAddress: UInt64] = [:]
  var isStalled = false
  var isLeaving = false

  init(joined: UInt64, late: UInt64) {
    self.joined = joined
    self.late = late
  }

  /// A batch was handed over, for the first time or again. Returns what is wrong.
  mutating func handed(_ batch: DeliveryBatch) -> String? {
    for gap in batch.gaps {
      if let known = gaps[gap.first] {
        if known != gap { return "the gap \(known) became \(gap)" }
        continue
      }
      gaps[gap.first] = gap
      let covered = routed.filter { gap.first <= $0 && $0 <= gap.last }
      let rest = gap.count - min(gap.count, UInt64(covered.count))
      if UInt64(covered.count) > gap.count { return "\(gap) covers \(covered.count)" }
      if rest > 0 && gap.first >= joined { return "\(gap) covers only \(covered.count)" }
      if covered.contains(where: { told.contains($0) }) { return "\(gap) has what was told before" }
      told.formUnion(covered)
      lateTold += rest
    }
    return nil
  }

  /// The engine has consumed the batch's traps. Returns what is wrong.
  mutating func consumed(_ batch: DeliveryBatch) -> String? {
    var fault: String?
    batch.forEachTrap { trap, _ in
      let former = last[trap.source] ?? 0
      if former >= trap.sequence { fault = "\(trap.sequence) after \(former) of its source" }
      last[trap.source] = trap.sequence
      if trap.sequence < joined { lateTold += 1 }
      if trap.sequence >= joined && !told.insert(trap.sequence).inserted { fault = "\(trap.sequence) twice" }
    }
    return fault
  }

  /// Nothing is queued or in flight any more.
  func finished() -> String? {
    if lateTold != late { return "\(late) traps were retained for it, and \(lateTold) told" }
    let missing = routed.filter { !told.contains($0) }
    if !missing.isEmpty { return "never told of \(missing.prefix(5))" }
    return told.count == routed.count ? nil : "told of what was not routed to it"
  }
}
