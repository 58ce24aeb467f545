internal import Glibc
internal import Logging
internal import TrapBatching

/// One running program: its input, its output, its end. Confined to the engine's thread.
///
/// It is a process of ours with two pipes, or somebody else's behind a connection that is both input and output.
internal final class RunningProgram {
  enum Tie {
    case process(pid_t)
    case connection
  }

  let started: UInt64
  let tie: Tie
  var input: Descriptor
  let output: Descriptor
  /// Set once; from then on it is looked at no more.
  var end: ProgramEnd?
  /// Octets that went into its input, and how many of them had when the last batch was acknowledged.
  var written = 0
  private(set) var acknowledged = 0
  private var lines: ProgramOutput

  init(_ tie: Tie, _ input: consuming Descriptor, _ output: consuming Descriptor, _ lines: ProgramOutput) {
    self.tie = tie
    self.input = input
    self.output = output
    self.lines = lines
    started = SystemClock.monotonic()
  }

  /// To be polled for reading: what it says, and that it is gone.
  var outputRaw: CInt { output.raw }

  /// What has been written until now is acknowledged.
  func noteAcknowledged() { acknowledged = written }

  /// Looks whether it has ended, and takes what it said.
  func poll() -> ProgramEnd? {
    guard end == nil else { return end }
    takeOutput()
    if case .process(let pid) = tie, let exit = ChildExit.poll(pid) { finish(.exited(exit)) }
    return end
  }

  /// Notes the end, with what it said last.
  func finish(_ end: ProgramEnd) {
    self.end = end
    if case .process = tie { takeOutput() }
    lines.finishLine(now: SystemClock.monotonic())
  }

  func wait(milliseconds: Int, forInput: Bool) {
    var list = [pollfd(fd: output.raw, events: Int16(POLLIN), revents: 0)]
    if forInput { list.append(pollfd(fd: input.raw, events: Int16(POLLOUT), revents: 0)) }
    Poll.wait(&list, milliseconds: milliseconds)
    // A program that has closed its output is ready at once, for ever: this wait is then the pause.
    if !forInput, list[0].revents & Int16(POLLHUP) != 0 { Poll.pause(milliseconds: min(milliseconds, 5)) }
  }

  private func takeOutput() {
    // Bounded, so that a program that talks without end is still looked after.
    for _ in 0..<16 {
      do throws(SystemError) {
        let octets = try output.read(atMost: 4096)
        guard !octets.isEmpty else { return noteHangUp(.closed) }
        lines.append(octets, now: SystemClock.monotonic())
      } catch {
        return error.number == EAGAIN ? () : noteHangUp(.reset)
      }
    }
  }

  /// A connection's end is the program's; a process may close its output and run on.
  private func noteHangUp(_ end: ProgramEnd) {
    if case .connection = tie { finish(end) }
  }

  deinit {
    if case .process(let pid) = tie, end == nil {
      kill(-pid, SIGKILL)
      _ = ChildExit.await(pid)
    }
  }
}
