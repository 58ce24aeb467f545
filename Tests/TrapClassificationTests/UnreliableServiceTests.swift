import Testing
import TrapBatching
import TrapClassification
import TrapLedger

/// A service that is asked for ten sources while an eleventh, known already, goes on sending.
@Suite("An unreliable metadata service")
struct UnreliableServiceTests {
  enum Fault: CaseIterable {
    case never, afterThirtySeconds, partly, twice, unknownKeys, failsFirst
  }

  private let holding = HoldingLimits(
    keysPerRequest: 10, maxWait: 0, timeout: 2 * Bench.second, backoff: Bench.second, attempts: 30,
    holdMax: 40 * Bench.second)

  @Test("balances the ledger, keeps the order, and costs traps of known keys nothing", arguments: Fault.allCases)
  func faults(fault: Fault) throws {
    let service = ScriptedSource()
    let bench = try Bench(service, cache: CacheLimits(timeToLive: 1_000 * Bench.second), holding: holding)
    bench.arrive(99)
    bench.settle()
    service.answer(service.requests[0], Bench.program)
    bench.settle()
    for second in 0..<60 {
      for number in 0..<10 { bench.arrive(number) }
      bench.arrive(99)
      bench.settle()
      // In the very turns in which it arrived, whatever the service does.
      #expect(bench.log.numbers(of: Bench.source(99)).count == second + 2)
      play(fault, second, service)
      bench.wait(Bench.second)
    }
    for _ in 0..<50 { bench.wait(Bench.second) }
    #expect(bench.remainder == 0 && bench.statistics.heldTraps == 0 && bench.statistics.holdingOctets == 0)
    let counters = bench.ledger.classification
    #expect(Int(counters.placed) == bench.log.traps.count && counters.placed + counters.unrouted == 661)
    for number in 0..<10 {
      let numbers = bench.log.numbers(of: Bench.source(number))
      #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
      #expect(fault == .never ? numbers.isEmpty : numbers.count == 60)
    }
  }

  @Test("With the limits as they come, traps do not wait for an answer after 30 s; it harms nothing, and is of use")
  func tooLate() throws {
    let service = ScriptedSource()
    let bench = try Bench(service)
    for number in 0..<10 { for _ in 0..<5 { bench.arrive(number) } }
    for _ in 0..<300 { bench.wait(Bench.second / 10) }
    let first = try #require(service.requests.first)
    #expect(bench.unrouted(.holdTimeout) == 50 && bench.log.traps.isEmpty && bench.remainder == 0)
    #expect(bench.circuits.contains(.open))
    for request in service.requests { service.answer(request, Bench.program) }
    bench.settle()
    #expect(bench.log.traps.isEmpty && bench.remainder == 0 && first.keys.count == 10)
    for _ in 0..<5 {
      for number in 0..<10 { bench.arrive(number) }
      bench.wait(Bench.second / 10)
      for request in service.requests { service.answer(request, Bench.program) }
      bench.settle()
    }
    for _ in 0..<100 { bench.wait(Bench.second / 10) }
    for number in 0..<10 { #expect(bench.log.numbers(of: Bench.source(number)) == Array(6...10)) }
    #expect(bench.unrouted(.holdTimeout) == 50 && bench.ledger.classification.placed == 50 && bench.remainder == 0)
  }

  private func play(_ fault: Fault, _ second: Int, _ service: ScriptedSource) {
    guard let request = service.requests.dropFirst().last else { return }
    switch fault {
    case .never: break
    case .afterThirtySeconds:
      if second == 30 { for request in service.requests { service.answer(request, Bench.program) } }
    case .partly:
      service.answer(request, keys: [request.keys[second % request.keys.count]], Bench.program)
    case .twice:
      for _ in 0..<2 { service.answer(request, Bench.program) }
    case .unknownKeys:
      let stranger = MetadataKey(listener: 7, source: Bench.source(1234))
      service.answer(request, keys: [stranger] + request.keys + [stranger], Bench.program)
      service.post(MetadataAnswer(id: 1 << 50, items: []))
    case .failsFirst:
      if second < 10 { service.fail(request) } else { service.answer(request, Bench.program) }
    }
  }
}
