internal import Glibc
internal import Synchronization
internal import TrapBatching

/// Writes log lines to standard error on a thread of its own, so that a reader who stalls costs log lines and nothing else.
///
/// Lines that do not fit the bound are counted, and the count is written when there is room again.
internal final class LogWriter: Sendable {
  private struct State {
    var waiting: [UInt8] = []
    var leftOut: UInt64 = 0
    var isWriting = false
  }

  /// Octets of lines that wait.
  private static let bound = 256 << 10
  private let descriptor: CInt
  private let waker = Waker()
  private let state = Mutex(State())

  init(descriptor: CInt) { self.descriptor = descriptor }

  /// Starts the thread; until then, and where there is none to be had, lines wait for `flush`.
  func start() throws(StageThreadError) {
    _ = try StageThread(name: "log") { [self] in
      while true {
        writeWaiting()
        waker.wait(nanoseconds: LoopBeat.idleWaitMax)
      }
    }
  }

  /// Queues one line, its line feed included; never waits.
  func put(_ line: [UInt8]) {
    state.withLock { state in
      guard state.waiting.count + line.count <= LogWriter.bound else {
        state.leftOut += 1
        return
      }
      state.waiting += line
    }
    waker.wake()
  }

  /// Waits until everything is written, `nanoseconds` at most: the last act of a process.
  func flush(nanoseconds: UInt64) {
    let deadline = SystemClock.monotonic() + nanoseconds
    while !isEmpty, SystemClock.monotonic() < deadline {
      waker.wake()
      var pause = timespec(tv_sec: 0, tv_nsec: 2_000_000)
      _ = unsafe nanosleep(&pause, nil)
    }
  }

  private var isEmpty: Bool { state.withLock { $0.waiting.isEmpty && !$0.isWriting } }

  private func writeWaiting() {
    let (lines, leftOut) = state.withLock { state in
      defer {
        state.waiting = []
        state.leftOut = 0
        state.isWriting = true
      }
      return (state.waiting, state.leftOut)
    }
    StandardStream.write(lines, to: descriptor)
    if leftOut > 0 {
      let line = "log: \(leftOut) lines were left out, as nobody read them in time\n"
      StandardStream.write(Array(line.utf8), to: descriptor)
    }
    state.withLock { $0.isWriting = false }
  }
}
