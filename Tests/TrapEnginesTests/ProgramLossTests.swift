import Foundation
import Logging
import Testing
import TrapDispatch

@testable import TrapEngines

@Suite("What a program leaves unread of acknowledged batches")
struct ProgramLossTests {
  private let log = TestLog()

  private func open(_ launch: ProgramLaunch, writeTimeout: UInt64 = TestBatch.patience) throws -> ProgramEngine {
    var settings = ProgramEngineSettings(name: "archive", launch: launch)
    settings.restartMin = 1_000_000
    settings.restartMax = 2_000_000
    settings.writeTimeout = writeTimeout
    settings.stopTimeout = TestBatch.patience
    return try ProgramEngine.open(settings, log: log.logger)
  }

  private func end(_ engine: ProgramEngine) {
    engine.stop()
    #expect(engine.waitUntilStopped(nanoseconds: TestBatch.patience))
  }

  private var warnings: [String] { log.lines.filter { $0.hasPrefix("warning:") && $0.contains("acknowledged traps") } }

  @Test(
    "a program that dies while it is given a batch: a warning has the octets of the batches before it, if any",
    arguments: [0, 3, 10])
  func dies(read: Int) throws {
    // Its lines octet by octet; then it waits until the next batch has filled the pipe, and dies.
    let script = """
      import array, fcntl, os, termios, time
      lines = 0
      while lines < \(read): lines += os.read(0, 1) == b"\\n"
      unread = array.array("i", [0])
      while unread[0] < 32768:
        time.sleep(0.002)
        fcntl.ioctl(0, termios.FIONREAD, unread)
      os._exit(7)
      """
    let engine = try open(.command(["/usr/bin/python3", "-c", script]))
    let first = TestBatch.many(10)
    #expect(TestBatch.deliver(first, to: engine) == .acknowledged)
    guard case .refused(let reason, true)? = TestBatch.deliver(TestBatch.many(2000, counter: 2), to: engine) else {
      throw TestFailure("2000 traps went into a program that reads \(read)")
    }
    #expect(reason.contains("exit status 7"))
    let lost = TestBatch.json(first).split(separator: 10).dropFirst(read).reduce(0) { $0 + $1.count + 1 }
    let warning =
      "warning: archive: /usr/bin/python3 ended (exit status 7) while it was given a batch; "
      + "\(lost) octets of acknowledged traps stood unread in its input"
    #expect(warnings == (read < 10 ? [warning] : []))
    engine.stop()
  }

  @Test("a program that stops reading: the warning has the octets of the batches before it")
  func stalls() throws {
    let engine = try open(.command(["/bin/sh", "-c", "exec sleep 1000"]), writeTimeout: 500_000_000)
    let first = TestBatch.many(10)
    #expect(TestBatch.deliver(first, to: engine) == .acknowledged)
    guard case .unavailable? = TestBatch.deliver(TestBatch.many(2000, counter: 2), to: engine) else {
      throw TestFailure("2000 traps went into a program that reads nothing")
    }
    #expect(warnings.count == 1)
    #expect(warnings[0].contains("given up (signal 15); \(TestBatch.json(first).count) octets of acknowledged traps"))
    engine.stop()
  }

  @Test("a program that dies in its first batch causes no such warning")
  func nothingLost() throws {
    let engine = try open(.command(["/bin/sh", "-c", "read line; exit 7"]))
    let first = TestBatch.persist(TestBatch.many(2000), engine)
    guard case .refused? = first else { throw TestFailure("\(String(describing: first))") }
    #expect(warnings == [])
    engine.stop()
  }

  @Test("a connection that stalls does not tell how much: the warning has the bound")
  func connection() throws {
    let directory = try TemporaryDirectory()
    let socket = directory.path + "/program.sock"
    let listener = try TestListener(socket, running: "read line; exec sleep 1000")
    let engine = try open(.socket(socket), writeTimeout: 1_000_000_000)
    // One that is slow to start is given up, and nothing is lost with it.
    #expect(TestBatch.persist(TestBatch.many(1), engine) == .acknowledged)
    #expect(TestBatch.deliver(TestBatch.many(10, counter: 2, first: 2), to: engine) == .acknowledged)
    guard case .unavailable? = TestBatch.deliver(TestBatch.many(2000, counter: 3, first: 12), to: engine) else {
      throw TestFailure("2000 traps went into a program that reads one")
    }
    #expect(warnings.count == 1 && warnings[0].contains("up to 64 KiB of acknowledged traps may have stood unread"))
    end(engine)
    listener.end()
  }
}
