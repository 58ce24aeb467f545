internal import Glibc
internal import Logging
internal import TrapBatching

/// One running program: its input, its output, its end. Confined to the engine's thread.
internal final class ProgramProcess {
  enum WriteEnd: Equatable { case done, ended(ChildExit), stalled }

  let started: UInt64
  private let pid: pid_t
  fileprivate var input: Descriptor
  private let output: Descriptor
  private var lines: ProgramOutput
  private var end: ChildExit?

  /// Starts the command. Throws the error number of the spawn: ENOENT where there is no such program.
  static func start(_ settings: ProgramEngineSettings, log: Logger) throws(SystemError) -> ProgramProcess {
    let toChild = try Pipe.open()
    let fromChild = try Pipe.open()
    try toChild.writing.setNonBlocking()
    try fromChild.reading.setNonBlocking()
    let pid = try ChildSpawn.start(
      settings.command, environment: ChildEnvironment.variables(engine: settings.name),
      input: toChild.reading.raw, output: fromChild.writing.raw)
    return ProgramProcess(
      pid, toChild.takeWriting(), fromChild.takeReading(), ProgramOutput(name: settings.name, log: log))
  }

  private init(_ pid: pid_t, _ input: consuming Descriptor, _ output: consuming Descriptor, _ lines: ProgramOutput) {
    self.pid = pid
    self.input = input
    self.output = output
    self.lines = lines
    started = SystemClock.monotonic()
  }

  /// To be polled for reading: what it says, and that it is gone.
  var outputRaw: CInt { output.raw }

  /// Looks whether it has ended, and takes what it said.
  func poll() -> ChildExit? {
    takeOutput()
    if end == nil {
      end = ChildExit.poll(pid)
      if end != nil { finishOutput() }
    }
    return end
  }

  /// Writes all octets into its input, or as much as it reads before it ends or stalls for `timeout` nanoseconds.
  func write(_ octets: [UInt8], timeout: UInt64) -> WriteEnd {
    var next = 0
    var stalledAt = SystemClock.monotonic() + timeout
    while next < octets.count {
      if let exit = poll() { return .ended(exit) }
      do throws(SystemError) {
        next += try input.write(octets, next..<octets.count)
        stalledAt = SystemClock.monotonic() + timeout
      } catch {
        // It has closed its input: it will not read again, running or not.
        guard error.number == EAGAIN else { return .ended(terminate(grace: 1_000_000_000)) }
        if SystemClock.monotonic() >= stalledAt { return .stalled }
        wait(milliseconds: 250, forInput: true)
      }
    }
    return .done
  }

  func closeInput() { input = .none }

  /// Waits for its end, until `deadline` on the monotonic clock; nil where it still runs.
  func waitForEnd(until deadline: UInt64) -> ChildExit? {
    while true {
      if let exit = poll() { return exit }
      guard SystemClock.monotonic() < deadline else { return nil }
      wait(milliseconds: 20, forInput: false)
    }
  }

  /// SIGTERM to its whole process group, SIGKILL after `grace` nanoseconds; reaped when this returns.
  func terminate(grace: UInt64) -> ChildExit {
    if let end { return end }
    kill(-pid, SIGTERM)
    if let exit = waitForEnd(until: SystemClock.monotonic() + grace) { return exit }
    kill(-pid, SIGKILL)
    let exit = ChildExit.await(pid)
    end = exit
    finishOutput()
    return exit
  }

  fileprivate func wait(milliseconds: Int, forInput: Bool) {
    var list = [pollfd(fd: output.raw, events: Int16(POLLIN), revents: 0)]
    if forInput { list.append(pollfd(fd: input.raw, events: Int16(POLLOUT), revents: 0)) }
    Poll.wait(&list, milliseconds: milliseconds)
    // A program that has closed its output is ready at once, for ever: this wait is then the pause.
    if !forInput, list[0].revents & Int16(POLLHUP) != 0 { Poll.pause(milliseconds: min(milliseconds, 5)) }
  }

  private func takeOutput() {
    // Bounded, so that a program that talks without end is still looked after.
    for _ in 0..<16 {
      guard let octets = try? output.read(atMost: 4096), !octets.isEmpty else { return }
      lines.append(octets, now: SystemClock.monotonic())
    }
  }

  private func finishOutput() {
    takeOutput()
    lines.finishLine(now: SystemClock.monotonic())
  }

  deinit {
    if end == nil {
      kill(-pid, SIGKILL)
      _ = ChildExit.await(pid)
    }
  }
}

extension ProgramProcess {
  /// Writes as much as the program reads; false where it neither reads nor ends before the deadline.
  func writeWhileOpen(_ octets: [UInt8], until deadline: UInt64) -> Bool {
    var next = 0
    while next < octets.count {
      do throws(SystemError) {
        next += try input.write(octets, next..<octets.count)
      } catch {
        guard error.number == EAGAIN else { return true }
        guard SystemClock.monotonic() < deadline else { return false }
        wait(milliseconds: 100, forInput: true)
        if poll() != nil { return true }
      }
    }
    return true
  }
}
