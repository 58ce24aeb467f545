import Foundation
import Synchronization
import Testing
import TrapBatching
import TrapDispatch
import TrapHTTP
import TrapLedger

@testable import TrapEngines

@Suite("The HTTP engine")
struct HTTPEngineTests {
  private static let gaps = [
    Gap(
      count: 12, first: 4_294_967_290, last: 4_294_967_302, from: TestBatch.received,
      until: TestBatch.received + 2_000_000_000, cause: .bound),
    Gap(count: 1, first: 5, last: 5, from: 0, until: 0, cause: .missedCrash),
  ]

  @Test("a batch of JSON arrives with every header, gaps first")
  func json() throws {
    let sink = try HTTPEngineSink()
    let engine = try sink.engine("take?a=b%20c") {
      $0.headers = [("X-Site", "LHR2")]
      $0.token = "s3cret"
    }
    let batch = TestBatch.make(Array(Fixtures.datagrams.prefix(3)), counter: 7, gaps: Self.gaps)
    #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
    let seen = try sink.seen()
    #expect(seen.path == "/take?a=b%20c")
    #expect(
      seen.headers.filter { !["Host", "Accept"].contains($0[0]) } == [
        ["User-Agent", "trapline"],
        ["Content-Type", "application/x-ndjson"],
        ["Trapline-Engine", "archive"],
        ["Trapline-Batch", "1-7"],
        ["Trapline-Count", "3"],
        ["Trapline-First-Sequence", "4294967303"],
        ["Trapline-Last-Sequence", "4294967305"],
        [
          "Trapline-Missed",
          "12; first=4294967290; last=4294967302; from=2026-11-21T03:20:11.123456Z; "
            + "until=2026-11-21T03:20:13.123456Z; cause=bound",
        ],
        [
          "Trapline-Missed",
          "1; first=5; last=5; from=1970-01-01T00:00:00.000000Z; until=1970-01-01T00:00:00.000000Z; cause=crash",
        ],
        ["X-Site", "LHR2"],
        ["Authorization", "Bearer s3cret"],
        ["Content-Length", "\(seen.body.count)"],
      ])
    #expect(seen.body == TestBatch.json(batch))
  }

  @Test("a raw batch reads as its documentation says")
  func raw() throws {
    let sink = try HTTPEngineSink()
    let engine = try sink.engine("take") { $0.format = .raw }
    let attributes = [TrapAttribute(name: "site", value: "LHR2"), TrapAttribute(name: "Kunde", value: "Größe")]
    let agent = SourceAddress("192.0.2.9")!
    let findings = Fixtures.datagrams.indices.map {
      TrapFindings(marks: TrapMarks(rawValue: UInt8($0)), agent: $0 % 2 == 1 ? agent : nil)
    }
    let batch = TestBatch.make(Fixtures.datagrams, gaps: Self.gaps, attributes: attributes, findings: findings)
    #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
    let seen = try sink.seen()
    #expect(seen.header("Content-Type") == ["application/vnd.trapline.batch"])
    #expect(seen.records.count == 2 + Fixtures.datagrams.count)
    let gap = seen.records[0]
    let numbers = ["count", "first", "last", "rest"].map { gap[$0] as? Int }
    #expect(numbers == [12, 4_294_967_290, 4_294_967_302, 0])
    #expect(gap["from"] as? Int == Int(TestBatch.received))
    #expect(gap["cause"] as? String == "bound")
    for (index, datagram) in Fixtures.datagrams.enumerated() {
      let trap = seen.records[2 + index]
      #expect(trap["sequence"] as? Int == 4_294_967_303 + index)
      #expect(trap["received"] as? Int == Int(TestBatch.received))
      #expect(trap["source"] as? String == "00000000000000000000ffffc0000207")
      #expect(trap["port"] as? Int == 50211)
      #expect(trap["flags"] as? Int == index + (index % 2 == 1 ? 0x0100 : 0))
      #expect((trap["agent"] as? String)?.hasSuffix(index % 2 == 1 ? "ffffc0000209" : "ffffc0000207") == true)
      #expect(trap["listener"] as? String == "main")
      #expect(trap["attributes"] as? [[String]] == [["site", "LHR2"], ["Kunde", "Größe"]])
      #expect(trap["datagram"] as? String == datagram.map { String(format: "%02x", $0) }.joined())
      #expect(trap["rest"] as? Int == 0)
    }
  }

  @Test("a batch of a gap alone is sent, too")
  func gapAlone() throws {
    let sink = try HTTPEngineSink()
    let engine = try sink.engine("take")
    #expect(TestBatch.deliver(TestBatch.make([], gaps: [Self.gaps[0]]), to: engine) == .acknowledged)
    let seen = try sink.seen()
    #expect(seen.header("Trapline-Count") == ["0"])
    #expect(seen.header("Trapline-First-Sequence") == ["4294967290"])
    #expect(seen.header("Trapline-Last-Sequence") == ["4294967302"])
    #expect(seen.header("Trapline-Missed").count == 1)
    #expect(seen.body.filter { $0 == 10 }.count == 1)
  }

  @Test("gaps beyond what a header can hold stand in the body alone")
  func manyGaps() throws {
    let gaps = (1...40).map { Gap(count: 1, first: $0, last: $0, from: 0, until: 0, cause: .bound) }
    let message = BatchMessage(TestBatch.make([], gaps: gaps), format: .json, options: JSONOptions())
    #expect(message.headers.filter { $0.name == "Trapline-Missed" }.count == 32)
    #expect(message.body.filter { $0 == 10 }.count == 40)
  }

  @Test("a retried batch has the same ID and octets")
  func retried() throws {
    let sink = try HTTPEngineSink()
    let engine = try sink.engine("seconds")
    let batch = TestBatch.many(50)
    for _ in 1...2 { _ = TestBatch.deliver(batch, to: engine) }
    let (first, second) = (try sink.seen(), try sink.seen())
    #expect(first.headers == second.headers)
    #expect(first.body == second.body)
  }

  @Test("several batches are under way at once")
  func parallel() async throws {
    let sink = try HTTPEngineSink()
    let engine = try sink.engine("together")
    let outcomes = await withTaskGroup(of: DeliveryOutcome.self) { group in
      for counter in 1...3 {
        group.addTask {
          await withCheckedContinuation { continuation in
            let batch = TestBatch.many(2, counter: UInt64(counter))
            engine.deliver(batch, completion: BatchCompletion { continuation.resume(returning: $0) })
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes == Array(repeating: .acknowledged, count: 3))
  }

  @Test("exactly the batches with a poisonous trap are refused")
  func poison() throws {
    let sink = try HTTPEngineSink()
    let engine = try sink.engine("poison") { $0.format = .raw }
    let good = Fixtures.datagrams[0]
    let bad = Array("poison".utf8)
    #expect(TestBatch.deliver(TestBatch.make([good, good], counter: 1), to: engine) == .acknowledged)
    #expect(TestBatch.deliver(TestBatch.make([good, bad], counter: 2), to: engine) == .refused(reason: "answered 500"))
    #expect(TestBatch.deliver(TestBatch.make([good], counter: 3), to: engine) == .acknowledged)
  }

  @Test("settings that no batch could be sent with are told at the start")
  func badSettings() throws {
    let sink = try HTTPEngineSink()
    let changes: [(inout HTTPEngineSettings) -> Void] = [
      { $0.url = "ftp://127.0.0.1/" }, { $0.headers = [("Trapline-Count", "1")] }, { $0.headers = [("A b", "1")] },
      { $0.headers = [("A", "1\r\nB: 2")] }, { $0.headers = [("content-length", "1")] }, { $0.token = "a\nb" },
      { $0.tls.caFile = "/nonexistent.pem" },
    ]
    for (index, change) in changes.enumerated() {
      #expect(throws: EngineOpenError.self, "change \(index)") { _ = try sink.engine("take", change) }
    }
  }
}
