import Foundation
import Synchronization
import Testing
import TrapDispatch
import TrapHTTP

@testable import TrapEngines

@Suite("What an answer of a service means for the batch")
struct HTTPEngineFaultTests {
  @Test(
    "a status decides",
    arguments: [
      (200, "acknowledged"), (204, "acknowledged"), (299, "acknowledged"), (408, "unavailable"), (425, "unavailable"),
      (429, "throttled"), (502, "unavailable"), (503, "unavailable"), (504, "unavailable"), (500, "refused"),
      (400, "refused"), (401, "refused"), (404, "refused"), (413, "refused"), (302, "refused"), (101, "refused"),
      (501, "refused"), (999, "refused"),
    ])
  func status(status: Int, verdict: String) {
    #expect(Self.verdict(HTTPEngineOutcome.of(.success(HTTPResponse(status: status)), now: 0)) == verdict)
  }

  @Test(
    "no whole answer is never a refusal",
    arguments: [
      HTTPFailure.connect("x"), .tls("x"), .interrupted("x"), .tooLarge(limit: 1), .stopped, .url("x"),
    ])
  func failure(failure: HTTPFailure) {
    #expect(Self.verdict(HTTPEngineOutcome.of(.failure(failure), now: 0)) == "unavailable")
  }

  @Test("a timeout lowers the pace")
  func timeout() {
    #expect(Self.verdict(HTTPEngineOutcome.of(.failure(.timeout("x")), now: 0)) == "throttled")
  }

  @Test(
    "Retry-After is seconds or one of three dates, and an hour at most",
    arguments: [
      ("7", 7), ("0", 0), ("3600", 3600), ("3601", 3600), ("99999999999999999999999", 3600),
      ("Sun, 06 Nov 1994 08:49:37 GMT", 37), ("Sunday, 06-Nov-94 08:49:37 GMT", 37),
      ("Sun Nov  6 08:49:37 1994", 37), ("Sun, 06 Nov 1994 08:48:00 GMT", 0), ("Fri, 01 Jan 2100 00:00:00 GMT", 3600),
      ("Sun, 06 Nov 1994 08:49 GMT", nil), ("soon", nil), ("", nil), ("-1", nil), ("1.5", nil),
      ("Sun, 32 Nov 1994 08:49:37 GMT", nil),
      ("Sun, 06 Nov 999999999999 08:49:37 GMT", nil),
    ] as [(String, UInt64?)])
  func retryAfter(text: String, seconds: UInt64?) {
    // 1994-11-06T08:49:00Z
    let now: Int64 = 784_111_740_000_000_000
    for status in [429, 503] {
      let response = HTTPResponse(status: status, headers: [("retry-after", text)])
      guard case .unavailable(_, let pause, _) = HTTPEngineOutcome.of(.success(response), now: now) else {
        Issue.record("refused")
        return
      }
      #expect(pause == seconds.map { $0 * 1_000_000_000 })
    }
  }

  @Test("a service that asks for time is named with its words, on one line")
  func throttled() throws {
    let sink = try HTTPEngineSink()
    #expect(
      TestBatch.deliver(TestBatch.many(1), to: try sink.engine("seconds"))
        == .unavailable(reason: "answered 429: slower please", retryAfter: 7_000_000_000, isThrottled: true))
  }

  @Test("a refusal quotes the first 200 octets")
  func refused() throws {
    let sink = try HTTPEngineSink()
    #expect(
      TestBatch.deliver(TestBatch.many(1), to: try sink.engine("broken"))
        == .refused(reason: "answered 500: " + String(repeating: "y", count: 200)))
  }

  @Test("10 MB behind a 200 are an acknowledgement")
  func talkative() throws {
    let sink = try HTTPEngineSink()
    #expect(TestBatch.deliver(TestBatch.many(1), to: try sink.engine("take-and-talk")) == .acknowledged)
  }

  @Test(
    "a service that breaks off or is none is unavailable, and the next batch is none the worse",
    arguments: ["close", "close-in-answer", "rubbish"])
  func breaksOff(path: String) throws {
    let sink = try HTTPEngineSink()
    let engine = try sink.engine(path)
    for counter in 1...2 {
      let outcome = try #require(TestBatch.deliver(TestBatch.many(1, counter: UInt64(counter)), to: engine))
      #expect(Self.verdict(outcome) == "unavailable")
    }
  }

  @Test("a service that hangs is given up after its timeout", arguments: ["never", "hang-in-answer"])
  func hangs(path: String) throws {
    let sink = try HTTPEngineSink()
    let engine = try sink.engine(path) { $0.timeout = 200_000_000 }
    // On a slow machine the time may run out before the connection stands, which is another verdict.
    let outcome = TestBatch.deliver(TestBatch.many(1), to: engine) { Self.verdict($0) != "unavailable" }
    #expect(outcome.map(Self.verdict) == "throttled")
  }

  @Test("nobody there is unavailable")
  func nobody() throws {
    let engine = try HTTPEngine.open(
      HTTPEngineSettings(name: "alarms", url: "http://127.0.0.1:1/"), log: TestBatch.log())
    let outcome = try #require(TestBatch.deliver(TestBatch.many(1), to: engine))
    #expect(Self.verdict(outcome) == "unavailable")
  }

  @Test("a stop waits for the answer that is under way")
  func stopWaits() throws {
    let sink = try HTTPEngineSink()
    let engine = try sink.engine("together")
    let outcomes = Outcomes()
    engine.deliver(TestBatch.many(1, counter: 1), completion: outcomes.completion())
    _ = try sink.seen()
    engine.stop()
    #expect(outcomes.all == [])
    let late = Outcomes()
    engine.deliver(TestBatch.many(1, counter: 2), completion: late.completion())
    #expect(late.all == [.unavailable(reason: "alarms has been stopped")])
    // The service answers the first once two more are there.
    let others = try sink.engine("together")
    for counter in 3...4 { others.deliver(TestBatch.many(1, counter: UInt64(counter)), completion: late.completion()) }
    #expect(engine.waitUntilStopped(nanoseconds: TestBatch.patience))
    #expect(outcomes.all == [.acknowledged])
  }

  @Test("a stop ends with the last answer that is owed, not with the first")
  func stopCounts() {
    var state = HTTPEngineState()
    let begun = [state.begin(), state.begin()]
    let isIdle = state.stop()
    let isLast = [state.end(), state.end()]
    #expect(begun == [true, true])
    #expect(!isIdle)
    #expect(isLast == [false, true])
    let isTakenLate = state.begin()
    #expect(!isTakenLate)
  }

  @Test("what is under way when the grace ends is unavailable")
  func stopGivesUp() throws {
    let sink = try HTTPEngineSink()
    let log = TestLog()
    var settings = HTTPEngineSettings(name: "alarms", url: "")
    _ = try sink.engine("never") { settings.url = $0.url }
    let engine = try HTTPEngine.open(settings, log: log.logger)
    let outcomes = Outcomes()
    engine.deliver(TestBatch.many(1), completion: outcomes.completion())
    _ = try sink.seen()
    engine.stop()
    #expect(!engine.waitUntilStopped(nanoseconds: 0))
    #expect(engine.waitUntilStopped(nanoseconds: TestBatch.patience))
    #expect(outcomes.all == [.unavailable(reason: "stopped")])
    #expect(log.lines == ["warning: alarms: 1 batch was not answered before the stop"])
  }

  private static func verdict(_ outcome: DeliveryOutcome) -> String {
    switch outcome {
    case .acknowledged: "acknowledged"
    case .unavailable(_, _, let isThrottled): isThrottled ? "throttled" : "unavailable"
    case .refused: "refused"
    }
  }

  /// What became of batches, in the order of the answers.
  private final class Outcomes: Sendable {
    private let kept = Mutex<[DeliveryOutcome]>([])
    var all: [DeliveryOutcome] { kept.withLock { $0 } }
    func completion() -> BatchCompletion { BatchCompletion { outcome in self.kept.withLock { $0.append(outcome) } } }
  }
}
