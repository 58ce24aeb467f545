internal import Glibc
internal import Synchronization

/// A pipe that ends the wait of Net-SNMP's thread: when it is to stop, and when there is work for it.
internal final class AgentWakeup: Sendable {
  internal let readEnd: CInt
  private let writeEnd: CInt
  private let stopping = Atomic<Bool>(false)
  /// At most one octet is in the pipe for any number of wakes.
  private let signalled = Atomic<Bool>(false)

  internal init?() {
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    readEnd = ends[0]
    writeEnd = ends[1]
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  internal var isStopping: Bool { stopping.load(ordering: .acquiring) }

  internal func requestStop() {
    stopping.store(true, ordering: .releasing)
    wake()
  }

  /// From any thread.
  internal func wake() {
    guard !signalled.exchange(true, ordering: .acquiringAndReleasing) else { return }
    _ = unsafe write(writeEnd, [1], 1)
  }

  /// On the thread, before it looks for work: what is put there from now on wakes it again.
  internal func acknowledge() {
    var octets: [UInt8] = [0, 0, 0, 0]
    guard signalled.load(ordering: .acquiring) else { return }
    while unsafe read(readEnd, &octets, octets.count) > 0 {}
    signalled.store(false, ordering: .sequentiallyConsistent)
  }
}
