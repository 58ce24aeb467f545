import SNMPWire
import Testing
import TrapBatching
import TrapClassification
import TrapLedger

/// A source that answers at once, each key with a program of its own and many routes: far more octets than the inbox holds.
private final class LargePrograms: MetadataSource {
  let name = "large"
  let kind = "test"
  let answersAtOnce = true

  func ask(_ request: MetadataRequest, answers: MetadataAnswers) {
    let items = request.keys.map { key in
      let routes = (0..<1000).map { number in
        Route(trapPrefix: SNMPWire.ObjectIdentifier([1, 3, 6, 1, UInt32(number)]), to: Bench.toOther)
      }
      let program = RoutingProgram(routes: routes + [Route(to: Bench.toRouted)])
      return MetadataAnswer.Item(key: key, verdict: .program(program))
    }
    answers.post(MetadataAnswer(id: request.id, items: items, timeToLive: .max))
  }
}

@Suite("Answers larger than the inbox")
struct LargeProgramTests {
  @Test("A source that answers at once routes every trap in the same moment, however large its programs are")
  func immediate() throws {
    let bench = try Bench(LargePrograms(), cache: CacheLimits(bound: 256 << 20))
    for number in 0..<500 { bench.arrive(number) }
    bench.settle()
    #expect(bench.log.traps.count == 500)
    #expect(bench.ledger.classification.unrouted == 0)
    #expect(bench.ledger.classification.held == 0)
    #expect(bench.remainder == 0)
  }
}
