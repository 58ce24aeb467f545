internal import TrapBatching

/// Feeds the service manager's watchdog as long as every loop of the trap's path turns.
///
/// The loops are those of receive, classification and dispatch, idle turns included. An engine, a metadata service or the
/// agent that hangs must never have the daemon restarted, so none of them is asked.
internal struct Watchdog {
  private let beats: [LoopBeat]
  /// A loop that has not turned for so long has stopped: half the manager's interval, so that one late feed is no death,
  /// but never so short that an idle loop looks like one that stands still.
  private let patience: UInt64

  /// nil where the service manager watches nothing.
  init?(beats: [LoopBeat], interval: UInt64?) {
    guard let interval else { return nil }
    self.beats = beats
    patience = max(interval / 2, 2 * LoopBeat.idleWaitMax)
  }

  /// The name of the first loop that stands still, or nil after feeding.
  func feed(now: UInt64) -> String? {
    if let still = beats.first(where: { $0.age(now: now) > patience }) { return still.name }
    ServiceManager.feedWatchdog()
    return nil
  }
}
