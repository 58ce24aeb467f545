internal import TrapBatching
internal import TrapControl

/// What supervisors are told: whether the daemon has to be restarted, and whether traps should be sent to it.
///
/// Neither asks about engines, metadata, disks or queues. A restart mends none of them and costs what is queued, and
/// another receiver would have the same engine down.
internal struct Supervision: Sendable {
  let readiness: Readiness
  /// Of the loops of receive, classification and dispatch, idle turns included.
  let beats: [LoopBeat]

  /// A loop that has not turned for so long, in nanoseconds, stands still: ten times what it may wait with nothing to do.
  static let patience = 10 * LoopBeat.idleWaitMax

  /// Loops have not begun before the daemon is ready and end one by one while it stops: neither is a reason to kill it.
  func health(now: UInt64) -> Probe {
    guard readiness.phase == .ready else { return .ok }
    let still = beats.filter { $0.age(now: now) > Supervision.patience }
    guard !still.isEmpty else { return .ok }
    let loops = still.map { "\($0.name) (for \($0.age(now: now) / 1_000_000_000) s)" }.joined(separator: ", ")
    return Probe(isGood: false, reason: "standing still: \(loops)")
  }

  var readinessProbe: Probe {
    switch readiness.phase {
    case .starting: Probe(isGood: false, reason: "starting: the listeners are not open yet")
    case .ready: .ok
    case .stopping: Probe(isGood: false, reason: "stopping: what is queued is handed over")
    }
  }
}
