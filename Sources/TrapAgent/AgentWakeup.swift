internal import Glibc
internal import Synchronization

/// A pipe that ends the agent's wait for requests when the agent is to stop.
internal final class AgentWakeup: Sendable {
  internal let readEnd: CInt
  private let writeEnd: CInt
  private let stopping = Atomic<Bool>(false)

  internal init?() {
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    readEnd = ends[0]
    writeEnd = ends[1]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  internal var isStopping: Bool { stopping.load(ordering: .acquiring) }

  internal func requestStop() {
    guard !stopping.exchange(true, ordering: .acquiringAndReleasing) else { return }
    // The pipe is empty, so one octet always fits.
    _ = unsafe write(writeEnd, [1], 1)
  }
}
