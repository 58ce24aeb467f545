import Glibc
import Synchronization
import Testing
import TrapBatching

@Suite("Stage threads")
struct StageThreadTests {
  @Test("A thread has its name, blocks the signals of the life cycle, and is joined")
  func life() throws {
    let observed = Observed()
    let thread = try StageThread(name: "a name of more than fifteen octets") { observed.look() }
    thread.join()
    #expect(thread.waitForEnd(nanoseconds: 0))
    let isTermBlocked = observed.isTermBlocked.load(ordering: .relaxed)
    let isNamed = observed.isNamed.load(ordering: .relaxed)
    #expect(isTermBlocked)
    #expect(isNamed)
  }
}

private final class Observed: Sendable {
  let isTermBlocked = Atomic<Bool>(false)
  let isNamed = Atomic<Bool>(false)

  func look() {
    var mask = sigset_t()
    _ = unsafe pthread_sigmask(SIG_BLOCK, nil, &mask)
    isTermBlocked.store(unsafe sigismember(&mask, SIGTERM) == 1, ordering: .relaxed)
    let file = unsafe open("/proc/thread-self/comm", O_RDONLY)
    var octets = [UInt8](repeating: 0, count: 32)
    let count = unsafe octets.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
    close(file)
    isNamed.store(
      String(decoding: octets.prefix(max(0, count)), as: UTF8.self) == "a name of more \n", ordering: .relaxed)
  }
}
