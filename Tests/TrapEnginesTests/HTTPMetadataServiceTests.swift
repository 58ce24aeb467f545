import SNMPWire
import Foundation
import Testing
import TrapBatching

@testable import TrapClassification
@testable import TrapEngines

@Suite("Metadata over HTTP: a service that is right, slow, or wrong")
struct HTTPMetadataServiceTests {
  private let keys = (1...5).map { HTTPMetadataReading.key("192.0.2.\($0)") }

  private func sources(_ outcome: HTTPMetadataOutcome) -> [String] {
    guard case .answered(let answer) = outcome else { return [] }
    return answer.items.map { $0.key.source.description }
  }

  private func reason(_ outcome: HTTPMetadataOutcome) -> String {
    guard case .failed(let reason, _) = outcome else { return "none: \(sources(outcome))" }
    return reason
  }

  @Test("a right answer is posted to the inbox whole, under its request, and alike keys share a program")
  func right() async throws {
    let server = try HTTPMetadataServer("ok")
    let waker = Waker()
    let answers = MetadataAnswers(bound: 1 << 20, waker: waker)
    server.metadata.ask(MetadataRequest(id: 4_294_967_298, attempt: 1, keys: keys), answers: answers)
    #expect(waker.wait(nanoseconds: TestBatch.patience))
    guard case .answer(let answer) = answers.take() else { throw TestFailure("no answer in the inbox") }
    #expect(answer.id == 4_294_967_298 && answer.timeToLive == 90_000_000_000)
    #expect(answer.items.map(\.key) == keys)
    var programs: Set<Swift.ObjectIdentifier> = []
    for item in answer.items {
      guard case .program(let program) = item.verdict else { continue }
      programs.insert(Swift.ObjectIdentifier(program))
    }
    #expect(programs.count == 2)
    #expect(server.log.lines == [])
    #expect(try server.counts() == ["requests": 1, "keys": 5, "again": 0, "invalid": 0, "most": 1, "sources": 5])
  }

  @Test("programs are shared across answers too")
  func shared() async throws {
    let server = try HTTPMetadataServer("ok")
    let first = await server.ask(1, keys)
    let second = await server.ask(2, keys)
    guard case .answered(let left) = first, case .answered(let right) = second,
      case .program(let one) = left.items[0].verdict, case .program(let other) = right.items[2].verdict
    else { throw TestFailure("\(first) \(second)") }
    #expect(one === other)
  }

  @Test("what is sent for every kind of key keeps to the schema")
  func schema() async throws {
    let server = try HTTPMetadataServer("ok")
    let engine: [UInt8] = [0x80, 0, 0x1f, 0x88, 1]
    let all =
      keys + [
        HTTPMetadataReading.key("2001:db8::1", listener: 1), HTTPMetadataReading.key("::", engine: [], user: ""),
        HTTPMetadataReading.key("2001:db8::2", engine: engine, user: "no\"c\u{0}\u{7f}é"),
        MetadataKey(
          listener: 3, source: SourceAddress("fe80::1")!, v3: V3Identity(engineID: engine, userName: [0xc3, 0x28])),
      ]
    let outcome = await server.ask(3, all, attempt: 4)
    #expect(sources(outcome).count == all.count, "\(reason(outcome))")
    #expect(try server.counts() == ["requests": 1, "keys": 9, "again": 1, "invalid": 0, "most": 1, "sources": 9])
  }

  @Test("a source that the service does not want is refused, one that it routes nowhere is not")
  func refusal() async throws {
    let server = try HTTPMetadataServer(
      script: HTTPMetadataServer.root.appending(path: "Tests/Acceptance/metadata_service.py").path,
      arguments: ["--map", "192.0.2.1/32= 192.0.2.2/32=a"])
    guard case .answered(let answer) = await server.ask(1, keys) else { throw TestFailure("no answer") }
    let reading = answer.items.map { item in
      guard case .program(let program) = item.verdict else { return "refused" }
      return program.constant == .some(.none) ? "nowhere" : "routed"
    }
    #expect(reading == ["nowhere", "routed", "refused", "refused", "refused"])
  }

  @Test("a service that never answers is a failure after the timeout")
  func silence() async throws {
    let server = try HTTPMetadataServer("silent", timeout: 300_000_000)
    var outcome = await server.ask(1, keys)
    // On a slow machine the time may run out before the connection stands, which is another failure.
    while case .failed(let reason, _) = outcome, reason.contains("timed out") { outcome = await server.ask(1, keys) }
    guard case .timedOut(let reason) = outcome else { throw TestFailure("\(reason(outcome))") }
    #expect(reason.hasPrefix("no answer in time"))
  }

  @Test("a slow answer is an answer")
  func slow() async throws {
    let server = try HTTPMetadataServer("slow:0.3")
    #expect(sources(await server.ask(1, keys)).count == 5)
  }

  @Test("eight requests are under way at once: a service that answers none before it has all is heard by all")
  func together() async throws {
    let server = try HTTPMetadataServer("together:8")
    let counts = await withTaskGroup(of: Int.self) { group in
      for id in 1...8 {
        let metadata = server.metadata
        let keys = keys
        group.addTask {
          let outcome: HTTPMetadataOutcome = await withCheckedContinuation { continuation in
            metadata.exchange(MetadataRequest(id: UInt64(id), attempt: 1, keys: keys)) {
              continuation.resume(returning: $0)
            }
          }
          guard case .answered(let answer) = outcome else { return 0 }
          return answer.items.count
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 5, count: 8))
  }

  @Test("a part of the answer is posted, and what is missing is told, so that it is asked for soon")
  func inbox() async throws {
    let server = try HTTPMetadataServer("partial")
    #expect(try reports(server) == ["3 items of 9", "9: the answer is for 3 of the 5 keys asked"])
    let busy = try HTTPMetadataServer("503:7")
    #expect(try reports(busy) == [#"9: status 503: "{"error": "overloaded"}" after 7 s"#])
  }

  /// What `ask` puts into the inbox for request 9, in order.
  private func reports(_ server: HTTPMetadataServer) throws -> [String] {
    let waker = Waker()
    let answers = MetadataAnswers(bound: 1 << 20, waker: waker)
    server.metadata.ask(MetadataRequest(id: 9, attempt: 1, keys: keys), answers: answers)
    #expect(waker.wait(nanoseconds: TestBatch.patience))
    server.metadata.stop()
    #expect(server.metadata.waitUntilStopped(nanoseconds: TestBatch.patience))
    var reports: [String] = []
    while let report = answers.take() {
      switch report {
      case .answer(let answer): reports.append("\(answer.items.count) items of \(answer.id)")
      case .failure(let failure):
        let after = failure.retryAfter.map { " after \($0 / 1_000_000_000) s" } ?? ""
        reports.append("\(failure.id): \(failure.reason)\(after)")
      }
    }
    return reports
  }

  @Test("a part of the answer counts, and the rest stays open")
  func partial() async throws {
    let server = try HTTPMetadataServer("partial")
    #expect(sources(await server.ask(1, keys)) == ["192.0.2.1", "192.0.2.2", "192.0.2.3"])
    #expect(sources(await server.ask(1, Array(keys[3...]), attempt: 2)) == ["192.0.2.4"])
  }

  @Test("an answer that comes again for another request fails that request, and harms nothing after it")
  func twice() async throws {
    let server = try HTTPMetadataServer("twice")
    #expect(sources(await server.ask(11, keys)).count == 5)
    #expect(reason(await server.ask(12, keys)) == #"the answer is for request "11""#)
    #expect(sources(await server.ask(12, keys, attempt: 2)).count == 5)
  }

  @Test("keys that were not asked for are passed over with a line each, the others count")
  func unknown() async throws {
    let server = try HTTPMetadataServer("unknown")
    #expect(sources(await server.ask(1, keys)).count == 5)
    #expect(
      server.log.lines == [
        "warning: metadata cmdb: request 1: answers[0] (203.0.113.250): it was not asked for; it is passed over",
        "warning: metadata cmdb: request 1: answers[1] (192.0.2.1): it was not asked for; it is passed over",
      ])
  }

  @Test("ten megabytes of rubbish are cut off at the bound; below the bound they are no JSON")
  func rubbish() async throws {
    let server = try HTTPMetadataServer("rubbish")
    #expect(reason(await server.ask(1, keys)) == "the answer is larger than 4194304 octets")
    let patient = try HTTPMetadataServer("rubbish", responseMax: 16 << 20)
    #expect(reason(await patient.ask(1, keys)).hasPrefix("the answer is no JSON"))
    #expect(patient.log.lines == [])
  }

  @Test("an answer that breaks off is a failure")
  func brokenOff() async throws {
    let server = try HTTPMetadataServer("close")
    #expect(reason(await server.ask(1, keys)).hasPrefix("the answer broke off"))
  }

  @Test("503 says when to come again, 500 does not")
  func busy() async throws {
    let server = try HTTPMetadataServer("503:7")
    guard case .failed(let reason, let retryAfter) = await server.ask(1, keys) else { throw TestFailure("answered") }
    #expect(reason == #"status 503: "{"error": "overloaded"}""#)
    #expect(retryAfter == 7_000_000_000)
    let broken = try HTTPMetadataServer("500")
    guard case .failed(_, let after) = await broken.ask(1, keys) else { throw TestFailure("answered") }
    #expect(after == nil)
  }

  @Test("a service that is not there is a failure, and so is what comes after the stop")
  func absent() async throws {
    let server = try HTTPMetadataServer("ok")
    server.metadata.stop()
    #expect(reason(await server.ask(1, keys)) == "stopped")
    #expect(server.metadata.waitUntilStopped(nanoseconds: TestBatch.patience))
  }
}
