import Testing
import TrapControl
import TrapDispatch

@testable import TrapService

@Suite("Replay of dead letters")
struct ReplayTests {
  @Test("one small letter is put back, with the time, the source and the listener that it had")
  func one() async throws {
    let bench = try ControlBench()
    let result = try await bench.control.replay([try ControlBench.letter()], to: "pager", by: .local)
    #expect(result == ReplayResult(replayed: 1, isFull: false))
    bench.turn()
    let batch = try #require(try await bench.control.nextBatch("pager", wait: 0, by: .local))
    let body = String(decoding: batch.body, as: UTF8.self)
    #expect(body.contains(#""received":"2026-11-21T03:20:11.123456Z","listener":"main","source":"192.0.2.7""#))
  }

  @Test(
    "a letter that cannot be replayed refuses all of them, wherever it stands",
    arguments: [
      ("received", "9999-12-31T23:59:59Z"), ("received", "1969-01-01T00:00:00Z"), ("received", "yesterday"),
      ("listener", "attic"), ("source", "nowhere"), ("raw", ""),
    ])
  func all(key: String, text: String) async throws {
    let bench = try ControlBench()
    var letters = Array(repeating: try ControlBench.letter(), count: 600)
    switch key {
    case "received": letters[599].received = text
    case "listener": letters[599].listener = text
    case "source": letters[599].source = text
    default: letters[599].raw = text
    }
    let problem = await #expect(throws: ControlProblem.self) {
      try await bench.control.replay(letters, to: "pager", by: .local)
    }
    #expect(problem?.status == 400 && problem?.detail.hasPrefix("letter 600: ") == true)
    bench.turn()
    let batch = try await bench.control.nextBatch("pager", wait: 0, by: .local)
    #expect(batch == nil)
  }
}
