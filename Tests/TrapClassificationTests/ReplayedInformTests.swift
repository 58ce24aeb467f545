import Testing
import TrapBatching
import TrapClassification
import TrapLedger
import TrapSecurity

/// What is refused, as a trap's equal octets are, where no sender of ours waits for an answer to it.
@Suite("Informs that were recorded")
struct ReplayedInformTests {
  private let source = ImmediateSource(Bench.program)

  private func bench(change: @escaping (inout ClassifierSetup) -> Void = { _ in }) throws -> Bench {
    try Bench(MetadataAssignment(source)) {
      $0.policies.credentials = V3Sender.directory
      change(&$0)
    }
  }

  private func inform() -> [UInt8] { V3Sender(V3Sender.secretive, engineID: Bench.local.engineID).inform() }

  @Test("the octets of an accepted inform are taken from no other source, and its own is answered again")
  func otherSource() throws {
    let bench = try bench()
    let inform = inform()
    for source in [1, 2, 1] {
      bench.arrive(source, inform, deferred: true)
      bench.settle()
    }
    #expect(bench.log.traps.map(\.source) == [Bench.source(1)])
    #expect(bench.answers.all.map(\.answer.facts.source) == [1, 1].map { Bench.source($0) })
    #expect(bench.line.refused(.repeated) == 1 && bench.line.answeredRepeat == 1)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("what was forgotten for others is not delivered twice while its time window is open")
  func forgotten() throws {
    let bench = try bench { $0.informs = InformLimits(window: Bench.second) }
    let inform = inform()
    bench.arrive(1, inform, deferred: true)
    bench.settle()
    bench.now += 2 * Bench.second
    bench.arrive(1, inform, deferred: true)
    bench.settle()
    #expect(bench.log.traps.count == 1)
    #expect(bench.line.refused(.repeated) == 1)
  }

  @Test("where informs are delivered and not answered, one is taken once")
  func delivered() throws {
    let bench = try bench { $0.policies.listeners[0].informs = .deliver }
    let inform = inform()
    for source in [1, 1, 2] { bench.arrive(source, inform, deferred: true) }
    bench.settle()
    #expect(bench.log.traps.count == 1 && bench.answers.all.isEmpty)
    #expect(bench.line.refused(.repeated) == 2)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("what was refused for want of room is taken when it comes again")
  func refusedFirst() throws {
    let isFull = Log<Bool>()
    let bench = try bench { $0.isAboveHighWater = { isFull.all.last ?? true } }
    let inform = inform()
    bench.arrive(1, inform, deferred: true)
    bench.settle()
    isFull.append(false)
    bench.arrive(1, inform, deferred: true)
    bench.settle()
    #expect(bench.line.refused(.informHighWater) == 1)
    #expect(bench.log.traps.count == 1 && bench.answers.numbers == [2])
  }
}
