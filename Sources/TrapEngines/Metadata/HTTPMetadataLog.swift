internal import Logging
internal import Synchronization

/// What a service answers wrongly, told a few lines at a time: it can make us complain at will.
internal final class HTTPMetadataLog: Sendable {
  static let linesPerWindow = 10
  /// Nanoseconds.
  static let window: UInt64 = 10_000_000_000

  private struct State {
    var windowBegan: UInt64 = 0
    var written = 0
    var suppressed = 0
  }

  private let name: String
  private let log: Logger
  private let state = Mutex(State())

  init(name: String, log: Logger) {
    self.name = name
    self.log = log
  }

  /// `count`: how many there were, of which `complaints` are the first. `now` in nanoseconds of a monotonic clock.
  func tell(_ complaints: [String], of count: Int, request: UInt64, now: UInt64) {
    for complaint in complaints { write("request \(request): \(complaint)", now) }
    let rest = count - complaints.count
    if rest > 0 { write("request \(request): \(rest) more mistakes in the same answer", now) }
  }

  private func write(_ text: String, _ now: UInt64) {
    let suppressed = state.withLock { state -> Int? in
      if now < state.windowBegan || now - state.windowBegan >= Self.window {
        state.windowBegan = now
        state.written = 0
      }
      guard state.written < Self.linesPerWindow else {
        state.suppressed += 1
        return nil
      }
      state.written += 1
      defer { state.suppressed = 0 }
      return state.suppressed
    }
    guard let suppressed else { return }
    if suppressed > 0 { log.warning("metadata \(name): \(suppressed) lines like these were not written") }
    log.warning("metadata \(name): \(text)")
  }
}
