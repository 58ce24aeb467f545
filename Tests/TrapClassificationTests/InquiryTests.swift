import Testing
import TrapBatching
import TrapClassification
import TrapLedger
import TrapSecurity

@Suite("Questions to the classification")
struct InquiryTests {
  private let community = Credentials(name: "routers", .community(Array("secret".utf8), isV1: false))

  @Test("credentials to poll with: what is remembered, else what metadata answers, nothing where it does not")
  func credentials() throws {
    let metadata = ScriptedSource()
    let bench = try Bench(MetadataAssignment(metadata), holding: HoldingLimits(maxWait: 0)) {
      $0.policies.credentials = CredentialsDirectory([community])
    }
    let found = Log<String?>()
    func ask(_ number: Int) {
      bench.classifier.credentials(of: Bench.source(number), listener: 0) { found.append($0?.name) }
      bench.settle()
    }
    ask(1)
    #expect(found.all.isEmpty)
    let given = Credentials(name: "given", .user(V3Sender.open))
    metadata.answer(metadata.requests[0], .program(RoutingProgram(routes: [], credentials: "routers", given: given)))
    bench.settle()
    ask(1)
    #expect(found.all == ["given", "given"])
    ask(2)
    metadata.answer(metadata.requests[1], .program(RoutingProgram(routes: [], credentials: "routers")))
    bench.settle()
    ask(2)
    #expect(found.all.suffix(2) == ["routers", "routers"])
    ask(3)
    metadata.answer(metadata.requests[2], .refused)
    bench.settle()
    ask(3)
    #expect(metadata.requests.count == 3)
    ask(4)
    bench.wait(20 * Bench.second)
    bench.wait(20 * Bench.second)
    #expect(found.all.suffix(3) == [nil, nil, nil])
    ask(5)
    bench.classifier.requestStop(deadline: bench.now)
    bench.settle()
    #expect(found.all.count == 8)
    #expect(!bench.classifier.credentials(of: Bench.source(1), listener: 0) { found.append($0?.name) })
  }

  @Test("engines' clocks are listed, given to the next start, and forgotten on demand")
  func engineTimes() throws {
    let source = ImmediateSource(Bench.program)
    let bench = try Bench(MetadataAssignment(source)) { $0.policies.credentials = V3Sender.directory }
    let sender = V3Sender(V3Sender.signing)
    bench.arrive(1, sender.trap(boots: 3, time: 1_000), deferred: true)
    bench.settle()
    let records = Log<[EngineTimeRecord]>()
    bench.classifier.engineTimes(wall: 5_000) { records.append($0) }
    bench.settle()
    #expect(records.all.first?.map(\.engineID) == [sender.engineID])
    #expect(records.all.first?.map(\.boots) == [3])

    let next = try Bench(MetadataAssignment(source)) {
      $0.policies.credentials = V3Sender.directory
      $0.restore(records.all.first ?? [], now: 1_000 * Bench.second, wall: 5_000)
    }
    next.arrive(1, sender.trap(boots: 3, time: 800), deferred: true)
    next.settle()
    #expect(next.line.refused(.notInTimeWindow) == 1)
    let isKnown = Log<Bool>()
    for _ in 0..<2 {
      next.classifier.forget(engineID: sender.engineID) { isKnown.append($0) }
      next.settle()
    }
    next.arrive(1, sender.trap(boots: 3, time: 800), deferred: true)
    next.settle()
    #expect(isKnown.all == [true, false])
    #expect(next.line.accepted == 1)
  }
}
