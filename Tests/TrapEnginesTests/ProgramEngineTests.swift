import Foundation
import Testing
import TrapBatching
import TrapDispatch

@testable import TrapEngines

@Suite("The program engine")
struct ProgramEngineTests {
  private func open(
    _ command: [String], _ change: (inout ProgramEngineSettings) -> Void = { _ in }
  ) throws -> ProgramEngine {
    var settings = ProgramEngineSettings(name: "archive", command: command)
    settings.restartMin = 1_000_000
    settings.restartMax = 2_000_000
    // A slow machine is no stalled program: the tests of these limits set their own.
    settings.writeTimeout = TestBatch.patience
    settings.runTimeout = TestBatch.patience
    settings.stopTimeout = TestBatch.patience
    change(&settings)
    return try ProgramEngine.open(settings, log: TestBatch.log())
  }

  private func end(_ engine: ProgramEngine) {
    engine.stop()
    #expect(engine.waitUntilStopped(nanoseconds: TestBatch.patience))
  }

  @Test("a program reads every line, and its input ends when the engine stops")
  func stream() throws {
    let directory = try TemporaryDirectory()
    let engine = try open(["/bin/sh", "-c", "cat > '\(directory.path)/out'; echo end >> '\(directory.path)/out'"])
    #expect(TestBatch.deliver(TestBatch.many(1000), to: engine) == .acknowledged)
    end(engine)
    let lines = directory.octets("out").split(separator: 10)
    #expect(lines.count == 1001 && String(decoding: lines[1000], as: UTF8.self) == "end")
    #expect(try TestBatch.objects(Array(lines.dropLast().joined(separator: [10])) + [10]).count == 1000)
  }

  @Test("a program that dies on a batch refuses it and is started again for the next")
  func dies() throws {
    let directory = try TemporaryDirectory()
    let script =
      "n=$(cat '\(directory.path)/n'); echo $((n+1)) > '\(directory.path)/n'; [ $n -lt 3 ] && read l && exit 7; cat >/dev/null"
    try directory.put("0\n", "n")
    let engine = try open(["/bin/sh", "-c", script])
    let batch = TestBatch.many(2000)
    var deaths = 0
    while deaths < 10, case .refused(let reason, let counts)? = TestBatch.persist(batch, engine) {
      #expect(counts && reason.contains("exit status 7"))
      deaths += 1
    }
    #expect(deaths == 3 && directory.octets("n") == Array("4\n".utf8))
    end(engine)
  }

  @Test("a program that stops reading is killed, and the batch is undeliverable for now")
  func stalls() throws {
    let engine = try open(["/bin/sh", "-c", "exec sleep 1000"]) { $0.writeTimeout = 300_000_000 }
    guard case .unavailable(let reason, _, _) = TestBatch.deliver(TestBatch.many(2000), to: engine) else {
      throw TestFailure("2000 traps went into a program that reads nothing")
    }
    #expect(reason.contains("read nothing") && reason.contains("signal 15"))
    engine.stop()
  }

  @Test("a program that cannot be started is told at once")
  func missing() {
    #expect { try open(["/nonexistent/program"]) } throws: {
      "\($0)".contains("/nonexistent/program cannot be started")
    }
  }

  @Test("a handler gets each trap as snmptrapd would have written it", arguments: 0..<6)
  func traphandle(index: Int) throws {
    let directory = try TemporaryDirectory()
    let engine = try open(["/bin/sh", "-c", "cat > '\(directory.path)/out'"]) {
      $0.style = .traphandle
      $0.json.communities = true
    }
    #expect(TestBatch.deliver(TestBatch.make([Fixtures.datagrams[index]]), to: engine) == .acknowledged)
    end(engine)
    let ours = String(decoding: directory.octets("out"), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(ours[0] == "192.0.2.7" && ours[1] == "UDP: [192.0.2.7]:50211->[0.0.0.0]:0")
    // The two values that are documented to differ: a string with a line break, and the 64-bit integers in an Opaque.
    let file = Fixtures.folder.appending(path: "traphandle-0\(index).txt")
    let theirs = try String(contentsOf: file, encoding: .utf8)
      .replacingOccurrences(of: "\"line\nnext\ttab\"", with: "\"6C 69 6E 65 0A 6E 65 78 74 09 74 61 62 \"")
      .replacingOccurrences(of: "9999.18 5\n", with: "9999.18 \"9F 7B 01 05 \"\n")
      .replacingOccurrences(of: "9999.19 -5\n", with: "9999.19 \"9F 7A 01 FB \"\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(Array(ours.dropFirst(2)) == Array(theirs.dropFirst(2)))
  }

  @Test("a handler's text of an SNMPv3 message ends with the line that nothing in it is verified", arguments: 0..<3)
  func versionThree(index: Int) {
    var text = ""
    let batch = TestBatch.make([Fixtures.version3[index]])
    batch.forEachTrap { trap, octets in
      text = String(decoding: TraphandleText.text(trap, octets, communities: true), as: UTF8.self)
    }
    let lines = text.split(separator: "\n")
    let decoded = [".1.3.6.1.2.1.1.3.0 0:0:00:00.05", ".1.3.6.1.6.3.1.1.4.1.0 .1.3.6.1.6.3.1.1.5.3"]
    #expect(lines.dropFirst(2).dropLast().allSatisfy { index == 2 ? $0.hasPrefix("# not decoded:") : true })
    #expect(index == 2 ? lines.count == 4 : lines[2..<lines.count - 1].elementsEqual(decoded.map { $0[...] }))
    #expect(lines.last == "# not verified: SNMPv3 user and content are the sender's claim")
  }

  @Test("a handler's text of a decrypted message has its varbinds, and no line that doubts them")
  func decrypted() throws {
    var text = ""
    let findings = TrapFindings(marks: [.verified, .decrypted])
    let batch = TestBatch.make([try Fixtures.decrypted()], findings: [findings])
    batch.forEachTrap { trap, octets in
      text = String(decoding: TraphandleText.text(trap, octets, communities: true), as: UTF8.self)
    }
    let varbinds = ".1.3.6.1.2.1.1.3.0 0:0:00:00.05\n.1.3.6.1.6.3.1.1.4.1.0 .1.3.6.1.6.3.1.1.5.3\n"
    #expect(text == "192.0.2.7\nUDP: [192.0.2.7]:50211->[0.0.0.0]:0\n" + varbinds)
  }

  @Test("a handler that takes too long is killed, and the refusal says after how many seconds")
  func handlerHangs() throws {
    let engine = try open(["/bin/sh", "-c", "exec sleep 1000"]) {
      $0.style = .traphandle
      $0.runTimeout = 1_000_000_000
    }
    guard case .refused(let reason, true)? = TestBatch.deliver(TestBatch.many(1), to: engine) else {
      throw TestFailure("no refusal")
    }
    #expect(reason == "/bin/sh took longer than 1 s and was killed (signal 15)")
    end(engine)
  }

  @Test("a trap that a handler fails on comes again alone; those before it do not")
  func poison() throws {
    let directory = try TemporaryDirectory()
    // The second run fails, once.
    let script = "echo x >> '\(directory.path)/runs'; [ $(wc -l < '\(directory.path)/runs') -ne 2 ]"
    let engine = try open(["/bin/sh", "-c", script]) { $0.style = .traphandle }
    let batch = TestBatch.many(3)
    guard case .refused(let reason, true)? = TestBatch.deliver(batch, to: engine) else {
      throw TestFailure("no refusal")
    }
    #expect(reason.contains("exit status 1"))
    #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
    #expect(directory.octets("runs").count == 2 * 4)
    end(engine)
  }
}
