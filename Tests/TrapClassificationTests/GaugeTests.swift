import Testing
import TrapBatching
import TrapClassification
import TrapLedger

@Suite("Gauges of the classification")
struct GaugeTests {
  private static let second = Bench.second
  private let holding = HoldingLimits(
    keysPerRequest: 1, maxWait: 0, outstanding: 2, timeout: second, backoff: second, attempts: 20,
    holdMax: 60 * second)

  @Test("What waits for metadata, what is asked, and whether the source is down")
  func metadata() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    func value(_ name: GaugeName) -> Int64 {
      bench.ledger.board.gauge(name, item: name.items == nil ? "" : source.name).current
    }
    for number in 0..<3 { bench.arrive(number) }
    bench.settle()
    #expect(value(.holdingTraps) == 3 && value(.metadataRequests) == 2 && value(.metadataDown) == 0)
    #expect(bench.ledger.board.gauge(.metadataRequests).current == 2)
    bench.wait(Self.second)
    #expect(value(.metadataDown) == 1)
    while bench.ledger.classification.placed < 3 {
      bench.wait(Self.second)
      for request in source.requests { source.answer(request, Bench.program) }
      bench.settle()
    }
    #expect(value(.metadataDown) == 0 && value(.metadataRequests) == 0 && value(.holdingTraps) == 0)
    #expect(value(.cacheEntries) == 3)
  }

  @Test("A source that is exchanged takes its gauges along")
  func exchange() throws {
    let bench = try Bench(ScriptedSource(), holding: holding)
    bench.arrive(1)
    bench.settle()
    let former = bench.ledger.board.gauge(.metadataRequests, item: "scripted")
    #expect(former.current == 1)
    bench.classifier.replace(MetadataAssignment(ScriptedSource()), timeoutRoute: nil)
    bench.settle()
    let present = bench.ledger.board.gauge(.metadataRequests, item: "scripted")
    #expect(present !== former && present.current == 1)
    #expect(bench.ledger.board.gauge(.metadataRequests).current == 1)
  }
}
