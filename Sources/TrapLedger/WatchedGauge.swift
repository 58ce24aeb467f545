internal import Synchronization

/// A value that goes up and down, kept where the thing happens, and watched by whoever sets thresholds on it.
///
/// An update that can fire nothing costs an atomic operation and a compare: whoever watches has said within which range
/// of values nothing can change. An update that leaves the range calls the watch with the value that it made, on the
/// updating thread, so that a raise and its clear are both seen however soon they follow each other.
@safe package final class WatchedGauge: Sendable {
  /// Told a value outside the range; returns the range, which holds that value, within which nothing can change now.
  /// Called under the gauge's lock: it must be short, wait for nobody and update no gauge.
  package typealias Watch = @Sendable (_ value: Int64) -> ClosedRange<Int64>

  /// For a value that grows while nobody updates it: what it would be at that time (monotonic nanoseconds), and since when it
  /// has been growing by one a nanosecond, `now` where it does not. From any thread, under locks.
  package typealias Probe = @Sendable (_ now: UInt64) -> (value: Int64, since: UInt64)

  package let name: GaugeName
  package let probe: Probe?
  /// Empty: the only gauge of its name, or the sum over the items.
  package let item: String
  /// Of which this one is an item.
  private let total: WatchedGauge?
  /// The same, for updates: `total` keeps it alive, so that none of them has to.
  private let sum: Unmanaged<WatchedGauge>?
  private let value = Atomic<Int64>(0)
  private let most = Atomic<Int64>(0)
  private let low = Atomic<Int64>(.min)
  private let high = Atomic<Int64>(.max)
  private let watcher = Mutex(Watcher())

  /// A struct, as a closure that a lock holds by itself gets one wrapping more each time that it is looked at.
  private struct Watcher {
    var watch: Watch?
  }

  package init(_ name: GaugeName, item: String = "", total: WatchedGauge? = nil, probe: Probe? = nil) {
    self.name = name
    self.item = item
    self.total = total
    self.probe = probe
    unsafe sum = total.map { unsafe Unmanaged.passUnretained($0) }
  }

  package var current: Int64 { value.load(ordering: .relaxed) }

  /// What the value cannot exceed, where there is such a bound: what percentages are of. 0: none. Setting it has the watch
  /// look again.
  package var limit: Int64 {
    get { most.load(ordering: .relaxed) }
    set { if most.exchange(newValue, ordering: .relaxed) != newValue { evaluate() } }
  }

  package func add(_ amount: Int64) {
    let new = value.wrappingAdd(amount, ordering: .sequentiallyConsistent).newValue
    if isOutside(new) { return leave(new, adding: amount) }
    if unsafe sum != nil { addToSum(amount) }
  }

  package func subtract(_ amount: Int64) { add(0 &- amount) }

  package func set(_ new: Int64) {
    let old = value.exchange(new, ordering: .sequentiallyConsistent)
    if isOutside(new) { return leave(new, adding: new &- old) }
    if unsafe sum != nil { addToSum(new &- old) }
  }

  /// Out of line, and last, as `leave` is: an update that leaves no range, of a gauge without a sum, needs no stack.
  @inline(never)
  private func addToSum(_ amount: Int64) {
    guard amount != 0, let sum = unsafe sum else { return }
    unsafe sum._withUnsafeGuaranteedRef { $0.addAlone(amount) }
  }

  @inline(__always)
  private func isOutside(_ value: Int64) -> Bool {
    value < low.load(ordering: .sequentiallyConsistent) || value > high.load(ordering: .sequentiallyConsistent)
  }

  /// A sum is no item of anything.
  @inline(__always)
  private func addAlone(_ amount: Int64) {
    let new = value.wrappingAdd(amount, ordering: .sequentiallyConsistent).newValue
    if isOutside(new) { leave(new) }
  }

  @inline(never)
  private func leave(_ new: Int64, adding amount: Int64) {
    leave(new)
    if unsafe sum != nil { addToSum(amount) }
  }

  /// Watches from now on, in place of whoever did; called at once with the present value. nil: nobody.
  package func setWatch(_ new: Watch?) {
    watcher.withLock { watcher in
      watcher.watch = new
      guard let new else {
        low.store(.min, ordering: .sequentiallyConsistent)
        high.store(.max, ordering: .sequentiallyConsistent)
        return
      }
      settle(new, value.load(ordering: .sequentiallyConsistent))
    }
  }

  /// Has the watch look at the present value, though it did not change: for what changes with time alone.
  package func evaluate() {
    watcher.withLock { watcher in
      if let watch = watcher.watch { settle(watch, value.load(ordering: .sequentiallyConsistent)) }
    }
  }

  @inline(never)
  private func leave(_ new: Int64) {
    watcher.withLock { watcher in
      // A counter is read once more: a value that another thread has overtaken would look like a reset of it.
      if let watch = watcher.watch {
        settle(watch, name.isCounter ? value.load(ordering: .sequentiallyConsistent) : new)
      }
    }
  }

  /// Whoever updates between the watch's answer and its taking effect still sees the former range: so the value is read
  /// once more after that, and they or we see what they made.
  private func settle(_ watch: Watch, _ first: Int64) {
    var seen = first
    while true {
      let range = watch(seen)
      precondition(range.contains(seen), "a watch of \(name.rawValue) answered \(range) to \(seen)")
      low.store(range.lowerBound, ordering: .sequentiallyConsistent)
      high.store(range.upperBound, ordering: .sequentiallyConsistent)
      seen = value.load(ordering: .sequentiallyConsistent)
      if range.contains(seen) { return }
    }
  }
}
