import Foundation
import Testing
import TrapDispatch

@testable import TrapEngines

@Suite("The program engine with a program behind a socket")
struct ProgramSocketTests {
  private let directory: TemporaryDirectory
  private let socket: String

  init() throws {
    directory = try TemporaryDirectory()
    socket = directory.path + "/program.sock"
  }

  private func open(_ change: (inout ProgramEngineSettings) -> Void = { _ in }) throws -> ProgramEngine {
    var settings = ProgramEngineSettings(name: "archive", launch: .socket(socket))
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

  private func unavailability(_ outcome: DeliveryOutcome?) throws -> String {
    guard case .unavailable(let reason, _, _)? = outcome else { throw TestFailure("\(String(describing: outcome))") }
    return reason
  }

  private func refusal(_ outcome: DeliveryOutcome?) throws -> String {
    guard case .refused(let reason, true)? = outcome else { throw TestFailure("\(String(describing: outcome))") }
    return reason
  }

  @Test("it reads every line of all batches on one connection, which ends when the engine stops")
  func stream() throws {
    let listener = try TestListener(
      socket, running: "cat >> '\(directory.path)/out'; echo end >> '\(directory.path)/out'")
    let engine = try open()
    for round in 0..<3 {
      let batch = TestBatch.many(1000, counter: UInt64(round + 1), first: UInt64(1 + 1000 * round))
      #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
    }
    end(engine)
    let lines = directory.octets("out").split(separator: 10)
    #expect(lines.count == 3001 && String(decoding: lines[3000], as: UTF8.self) == "end")
    let objects = try TestBatch.objects(Array(lines.dropLast().joined(separator: [10])) + [10])
    #expect(objects.compactMap { $0["sequence"] as? Int } == Array(1...3000))
    listener.end()
  }

  @Test("one that dies on a batch refuses it and is connected to again for the next")
  func dies() throws {
    let count = "'\(directory.path)/n'"
    try directory.put("0\n", "n")
    // It dies on a batch and not before: its end before the first batch is no refusal.
    let listener = try TestListener(
      socket,
      running: """
        n=$(cat \(count)); echo $((n+1)) > \(count); [ $n -lt 3 ] && read line && exit 7; cat >/dev/null
        """)
    let engine = try open()
    let batch = TestBatch.many(2000)
    var deaths = 0
    while deaths < 10, case .refused(let reason, let counts)? = TestBatch.persist(batch, engine) {
      #expect(counts && reason.contains(socket) && reason.contains("connection closed"))
      deaths += 1
    }
    #expect(deaths == 3 && directory.octets("n") == Array("4\n".utf8))
    end(engine)
    listener.end()
  }

  @Test("a batch that fits into the socket is not acknowledged where nobody reads it")
  func unread() throws {
    // What closes before it is written to has nothing unread.
    let listener = try TestListener(
      socket, running: "exec /usr/bin/python3 -c 'import select; select.select([0], [], [])'")
    let engine = try open()
    let reason = try refusal(TestBatch.persist(TestBatch.many(1), engine))
    #expect(reason.contains("closed before everything was read"))
    end(engine)
    listener.end()
  }

  @Test("while nobody listens it is unavailable, with the path and what to do; then it recovers")
  func nobody() throws {
    let engine = try open()
    let absent = try unavailability(TestBatch.deliver(TestBatch.many(10), to: engine))
    #expect(absent.contains(socket) && absent.contains("No such file") && absent.contains("start its socket unit"))
    let listener = try TestListener(socket, running: "cat > '\(directory.path)/out'")
    #expect(TestBatch.persist(TestBatch.many(10), engine) == .acknowledged)
    end(engine)
    #expect(directory.octets("out").split(separator: 10).count == 10)
    listener.end()
  }

  @Test("one that stops reading is given up, and the batch is undeliverable for now", arguments: [1, 2000])
  func stalls(traps: Int) throws {
    let listener = try TestListener(socket, running: "exec sleep 1000")
    let engine = try open { $0.writeTimeout = 300_000_000 }
    let reason = try unavailability(TestBatch.deliver(TestBatch.many(traps), to: engine))
    #expect(reason.contains("read nothing") && reason.contains("connection given up"))
    end(engine)
    listener.end()
  }

  @Test(
    "a path that cannot be a socket's is told at once",
    arguments: ["", "run/x.sock", "/" + String(repeating: "x", count: 107)])
  func path(text: String) {
    let settings = ProgramEngineSettings(name: "archive", launch: .socket(text))
    #expect { try ProgramEngine.open(settings, log: TestBatch.log()) } throws: {
      "\($0)".contains("cannot be the path")
    }
  }

  @Test("a handler gets each trap on a connection of its own, in order, and none before the last has ended")
  func traphandle() throws {
    let out = "'\(directory.path)/out'"
    let listener = try TestListener(socket, running: "echo begin >> \(out); cat >> \(out); echo end >> \(out)")
    let engine = try open { $0.style = .traphandle }
    let batch = TestBatch.make(Array(Fixtures.datagrams.prefix(3)))
    #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
    end(engine)
    var expected: [UInt8] = []
    batch.forEachTrap { trap, octets in
      expected += Array("begin\n".utf8) + TraphandleText.text(trap, octets, communities: false) + Array("end\n".utf8)
    }
    #expect(directory.octets("out") == expected)
    listener.end()
  }

  @Test("a handler that ends with its input unread has failed, and only on that trap is it run again")
  func handlerFails() throws {
    let runs = "'\(directory.path)/runs'"
    // The second run reads nothing.
    let listener = try TestListener(
      socket, running: "echo x >> \(runs); [ $(wc -l < \(runs)) -ne 2 ] || exit 1; cat > /dev/null")
    let engine = try open { $0.style = .traphandle }
    let batch = TestBatch.many(3)
    #expect(try refusal(TestBatch.deliver(batch, to: engine)).contains("before everything was read"))
    #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
    #expect(directory.octets("runs").count == 2 * 4)
    end(engine)
    listener.end()
  }

  @Test("a handler that does not end is given up after its run timeout; without a listener the traps wait")
  func handlerHangs() throws {
    let listener = try TestListener(socket, running: "cat > /dev/null; exec sleep 1000")
    let engine = try open {
      $0.style = .traphandle
      $0.runTimeout = 2_000_000_000
    }
    let refused = try refusal(TestBatch.deliver(TestBatch.many(1), to: engine))
    #expect(refused.contains("took longer than 2 s and was given up"))
    listener.end()
    let reason = try unavailability(TestBatch.deliver(TestBatch.many(1), to: engine))
    #expect(reason.contains(socket) && reason.contains("Connection refused"))
    let again = try TestListener(socket, running: "cat > /dev/null")
    // The timeout is short for a slow machine: a run may fail of it, and the next one not.
    let outcome = TestBatch.deliver(TestBatch.many(1), to: engine) { $0 == .acknowledged }
    #expect(outcome == .acknowledged)
    end(engine)
    again.end()
  }
}
