internal import Glibc
internal import TrapBatching

extension RunningProgram {
  enum WriteEnd: Equatable { case done, ended(ProgramEnd), stalled }

  /// Writes all octets into its input, or as much as it reads before it ends or stalls for `timeout` nanoseconds.
  func write(_ octets: [UInt8], timeout: UInt64) -> WriteEnd {
    var next = 0
    var stalledAt = SystemClock.monotonic() + timeout
    while next < octets.count {
      if let end = poll() { return .ended(end) }
      do throws(SystemError) {
        let count = try input.write(octets, next..<octets.count)
        next += count
        written += count
        stalledAt = SystemClock.monotonic() + timeout
      } catch {
        guard error.number == EAGAIN else { return .ended(inputBroke()) }
        if SystemClock.monotonic() >= stalledAt { return .stalled }
        wait(milliseconds: 250, forInput: true)
      }
    }
    return .done
  }

  /// Writes as much as the program reads; false where it neither reads nor ends before the deadline.
  func writeWhileOpen(_ octets: [UInt8], until deadline: UInt64) -> Bool {
    var next = 0
    while next < octets.count {
      do throws(SystemError) {
        next += try input.write(octets, next..<octets.count)
      } catch {
        guard error.number == EAGAIN else {
          // Of a process the status will tell; of a connection this is all there is.
          if case .connection = tie { finish(.reset) }
          return true
        }
        guard SystemClock.monotonic() < deadline else { return false }
        wait(milliseconds: 100, forInput: true)
        if poll() != nil { return true }
      }
    }
    return true
  }

  /// Waits until a program behind a connection has read all that was written. Connecting and writing succeed before
  /// anybody has started it: only what it has read shows that it runs. A process of ours is known to.
  func waitUntilRead(timeout: UInt64) -> WriteEnd {
    guard case .connection = tie else { return .done }
    var least = Int.max
    var stalledAt = SystemClock.monotonic() + timeout
    while true {
      if let end = poll() { return .ended(end) }
      let unread = UnixConnection.unread(input)
      guard unread > 0 else { return .done }
      let now = SystemClock.monotonic()
      if unread < least { (least, stalledAt) = (unread, now + timeout) }
      guard now < stalledAt else { return .stalled }
      Poll.pause(milliseconds: 2)
    }
  }

  /// The program reads the end of its input.
  func closeInput() {
    if case .connection = tie, input.raw >= 0 { UnixConnection.endWriting(input) }
    input = .none
  }

  /// It has closed its input: it will not read again, running or not.
  private func inputBroke() -> ProgramEnd {
    switch tie {
    case .process: return terminate(grace: 1_000_000_000)
    case .connection:
      finish(.reset)
      return .reset
    }
  }
}
