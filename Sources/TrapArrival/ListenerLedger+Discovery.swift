internal import TrapLedger

extension ListenerLedger {
  /// Counts one discovery, which the answering thread took or which was over its limits.
  func countDiscovery(_ isTaken: Bool) {
    if isTaken { addAnsweredDiscovery(1) } else { addRefused(1, .discoveryLimit) }
  }
}
