internal import Logging
internal import Synchronization
internal import TrapBatching
internal import TrapDispatch

/// Logs what dispatch has to tell, at a bounded rate: whoever may send traps that an engine refuses must not fill the log.
internal final class NoticeLog: Sendable {
  private struct State {
    var windowStart: UInt64 = 0
    var written = 0
    var leftOut: UInt64 = 0
  }

  /// Lines in one window of ten seconds.
  internal static let linesMax = 20
  internal static let window: UInt64 = 10_000_000_000
  private let state = Mutex(State())
  private let write: @Sendable (String) -> Void

  /// `write` gets one line at a time.
  init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

  func note(_ notice: DispatchNotice) { note(notice.description, now: SystemClock.monotonic()) }

  internal func note(_ line: String, now: UInt64) {
    let (isWritten, leftOut) = state.withLock { state -> (Bool, UInt64) in
      var before: UInt64 = 0
      if now >= state.windowStart + NoticeLog.window {
        before = state.leftOut
        state = State(windowStart: now)
      }
      guard state.written < NoticeLog.linesMax else {
        state.leftOut += 1
        return (false, before)
      }
      state.written += 1
      return (true, before)
    }
    if leftOut > 0 { write("\(leftOut) lines of processing engines were left out; `trapline status` has the counts") }
    if isWritten { write(line) }
  }
}
