import Foundation
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

  @Test("marks and agent come back with the letter; one of before they were kept leaves the agent to a v1 trap")
  func findings() async throws {
    let bench = try ControlBench()
    let v1: [UInt8] = [
      0x30, 37, 2, 1, 0, 4, 6, 0x70, 0x75, 0x62, 0x6C, 0x69, 0x63, 0xA4, 24, 6, 5, 0x2B, 6, 1, 4, 1, 0x40, 4, 192, 0, 2,
      9, 2, 1, 6, 2, 1, 1, 0x43, 1, 5, 0x30, 0,
    ]
    let old = try ControlBench.letter { $0.raw = Data(v1).base64EncodedString() }
    var new = old
    (new.agent, new.verified, new.answered) = ("2001:db8::7", true, true)
    let result = try await bench.control.replay([old, new], to: "pager", by: .local)
    #expect(result.replayed == 2)
    bench.turn()
    let batch = try #require(try await bench.control.nextBatch("pager", wait: 0, by: .local))
    let lines = String(decoding: batch.body, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.contains(#""port":5,"agent":"192.0.2.9","version":"1""#) == true)
    #expect(lines.last?.contains(#""port":5,"agent":"2001:db8::7","version":"1""#) == true)
  }

  @Test(
    "a letter that cannot be replayed refuses all of them, wherever it stands",
    arguments: [
      ("received", "9999-12-31T23:59:59Z"), ("received", "1969-01-01T00:00:00Z"), ("received", "yesterday"),
      ("listener", "attic"), ("source", "nowhere"), ("agent", "nobody"), ("raw", ""),
    ])
  func all(key: String, text: String) async throws {
    let bench = try ControlBench()
    var letters = Array(repeating: try ControlBench.letter(), count: 600)
    switch key {
    case "received": letters[599].received = text
    case "listener": letters[599].listener = text
    case "source": letters[599].source = text
    case "agent": letters[599].agent = text
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
