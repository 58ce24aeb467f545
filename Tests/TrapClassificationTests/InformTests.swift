import Synchronization
import Testing
import TrapBatching
import TrapClassification
import TrapLedger
import TrapSecurity

@Suite("Informs")
struct InformTests {
  private let source = ImmediateSource(Bench.program)

  @Test("an inform is answered with its own octets, the tag of a Response and no error, once it is placed")
  func answered() throws {
    let bench = try Bench(source)
    var inform = TrapMaker.v2c(inform: true, request: 77)
    bench.arrive(1, inform, deferred: true)
    bench.settle()
    #expect(bench.log.traps.map(\.marks) == [.answered])
    #expect(bench.answers.all.map(\.placed) == [1])
    inform[inform.firstIndex(of: 0xa6)!] = 0xa2
    #expect(bench.answers.octets == [inform])
    #expect(bench.line.accepted == 1)
    #expect(bench.undecided == 0 && bench.remainder == 0)
    #expect(bench.statistics.informs.sent == 1)
    #expect(bench.statistics.informs.remembered == 1)
  }

  @Test("error-status and error-index of the response are zero, in as many octets as the inform has")
  func errorFields() throws {
    let bench = try Bench(source)
    var inform = TrapMaker.v2c(inform: true)
    let expected = inform
    // 02 04 request-id, 02 04 error-status, 02 04 error-index, behind the tag and length of the PDU.
    let fields = inform.firstIndex(of: 0xa6)! + 2
    inform[fields + 11] = 5
    inform[fields + 17] = 9
    bench.arrive(1, inform, deferred: true)
    bench.settle()
    #expect(bench.answers.octets.first?.dropFirst(fields) == expected.dropFirst(fields))
  }

  @Test("a repeat is answered again and not placed, as long as the window is open")
  func repeats() throws {
    let bench = try Bench(source)
    let inform = TrapMaker.v2c(inform: true)
    bench.arrive(1, inform, deferred: true)
    bench.settle()
    bench.now += 149 * Bench.second
    bench.arrive(1, inform, deferred: true)
    bench.settle()
    #expect(bench.log.traps.count == 1)
    #expect(bench.answers.numbers == [1, 2])
    #expect(bench.line.answeredRepeat == 1 && bench.line.accepted == 1)
    bench.now += Bench.second
    bench.arrive(1, inform, deferred: true)
    bench.settle()
    #expect(bench.log.traps.count == 2)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("another source, community or PDU makes another inform")
  func different() throws {
    let bench = try Bench(source)
    bench.arrive(1, TrapMaker.v2c(inform: true), deferred: true)
    bench.arrive(2, TrapMaker.v2c(inform: true), deferred: true)
    bench.arrive(1, TrapMaker.v2c(community: "other", inform: true), deferred: true)
    bench.arrive(1, TrapMaker.v2c(inform: true, request: 2), deferred: true)
    bench.settle()
    #expect(bench.log.traps.count == 4)
    #expect(bench.answers.all.count == 4)
    #expect(bench.line.answered == 0)
  }

  @Test("while the first is held its repeats are neither answered nor queued")
  func pending() throws {
    let metadata = ScriptedSource()
    let bench = try Bench(metadata, holding: HoldingLimits(maxWait: 0))
    let inform = TrapMaker.v2c(inform: true)
    for _ in 0..<3 { bench.arrive(1, inform, deferred: true) }
    bench.settle()
    #expect(bench.line.refused(.informPending) == 2)
    #expect(bench.ledger.classification.held == 0)
    #expect(bench.statistics.heldTraps == 1)
    #expect(bench.undecided == 1)
    #expect(bench.answers.all.isEmpty)
    metadata.answer(metadata.requests[0], Bench.program)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == [1])
    #expect(bench.answers.numbers == [1])
    #expect(bench.answers.all.map(\.placed) == [1])
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("a repeat in the same slab comes before the first is placed")
  func pendingInSlab() throws {
    let bench = try Bench(source)
    for _ in 0..<2 { bench.arrive(1, TrapMaker.v2c(inform: true), deferred: true) }
    bench.settle()
    #expect(bench.line.refused(.informPending) == 1)
    #expect(bench.answers.numbers == [1])
  }

  @Test("repeats are known where the kernel stamped several datagrams alike", arguments: [false, true])
  func sameStamp(isV3: Bool) throws {
    let metadata = ScriptedSource()
    let bench = try Bench(MetadataAssignment(metadata), holding: HoldingLimits(maxWait: 0)) {
      $0.policies.credentials = V3Sender.directory
    }
    let sender = V3Sender(V3Sender.signing, engineID: Bench.local.engineID)
    for request: UInt32 in [1, 2] {
      let inform = isV3 ? sender.inform(request: request) : TrapMaker.v2c(inform: true, request: request)
      for _ in 0..<2 {
        var facts = ArrivalFacts(received: 7, source: Bench.source(1), port: 1024, listener: 0)
        facts.isDeferred = true
        bench.line.addArrived(1)
        _ = bench.queue.put(facts, inform.span, now: bench.now)
      }
      bench.settle()
      // The first two are held, the others are not.
      if request == 1 { metadata.answer(metadata.requests[0], Bench.program) }
      bench.settle()
    }
    #expect(bench.log.traps.count == 2)
    #expect(bench.line.refused(.informPending) == 2)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("above the high-water mark a new inform is refused, and a repeat of an accepted one is answered")
  func highWater() throws {
    let isFull = Log<Void>()
    let bench = try Bench(MetadataAssignment(source)) { $0.isAboveHighWater = { !isFull.all.isEmpty } }
    bench.arrive(1, TrapMaker.v2c(inform: true), deferred: true)
    bench.settle()
    isFull.append(())
    bench.arrive(1, TrapMaker.v2c(inform: true, request: 2), deferred: true)
    bench.arrive(1, TrapMaker.v2c(inform: true), deferred: true)
    bench.settle()
    #expect(bench.line.refused(.informHighWater) == 1)
    #expect(bench.answers.numbers == [1, 3])
    #expect(bench.log.traps.count == 1)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("what found none of its engines is unrouted and unanswered, and exactly that")
  func unclaimed() throws {
    let metadata = ScriptedSource()
    let bench = try Bench(metadata, holding: HoldingLimits(maxWait: 0))
    for number in 0..<4 { bench.arrive(number, TrapMaker.v2c()) }
    bench.settle()
    let keys = metadata.requests[0].keys
    metadata.answer(metadata.requests[0], keys: keys.filter { $0.source.low % 2 == 0 }, Bench.program)
    metadata.answer(metadata.requests[0], keys: keys.filter { $0.source.low % 2 == 1 }, Bench.otherProgram)
    bench.settle()
    bench.log.disclaim([Bench.other])
    for number in 0..<4 {
      bench.arrive(number, TrapMaker.v2c(inform: true), deferred: true)
      bench.arrive(number, TrapMaker.v2c(padding: 9))
    }
    bench.settle()
    #expect(bench.answers.all.map(\.answer.facts.source) == [0, 2].map { Bench.source($0) })
    #expect(bench.unrouted(.noEngine) == 4)
    #expect(bench.ledger.classification.placed == 8)
    bench.log.disclaim([])
    bench.arrive(1, TrapMaker.v2c(inform: true), deferred: true)
    bench.settle()
    #expect(bench.answers.all.count == 3)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test(
    "every other end of a deferred inform counts it as accepted first, and answers nothing",
    arguments: [Cause.noRoute, .metadataRefused, .holdTimeout, .holdBound, .unroutedStopped])
  func otherEnds(cause: Cause) throws {
    let metadata = ScriptedSource()
    let bench = try Bench(
      metadata, holding: HoldingLimits(bound: cause == .holdBound ? 10 : 1 << 20, maxWait: 0))
    bench.arrive(1, TrapMaker.v2c(inform: true), deferred: true)
    bench.settle()
    switch cause {
    case .noRoute: metadata.answer(metadata.requests[0], .program(RoutingProgram(routes: [])))
    case .metadataRefused: metadata.answer(metadata.requests[0], .refused)
    case .holdTimeout: bench.wait(20 * Bench.second)
    case .unroutedStopped: bench.classifier.requestStop(deadline: bench.now)
    default: break
    }
    bench.settle()
    #expect(bench.line.accepted == 1)
    #expect(bench.unrouted(cause) == 1)
    #expect(bench.answers.all.isEmpty)
    #expect(bench.ledger.classification.held == 0)
    #expect(bench.undecided == 0 && bench.remainder == 0)
  }

  @Test("an answer that finds no room is counted, and the inform's repeat is answered")
  func dropped() throws {
    let bench = try Bench(source)
    bench.answers.fill(true)
    bench.arrive(1, TrapMaker.v2c(inform: true), deferred: true)
    bench.settle()
    #expect(bench.statistics.informs.dropped == 1)
    bench.answers.fill(false)
    bench.arrive(1, TrapMaker.v2c(inform: true), deferred: true)
    bench.settle()
    #expect(bench.answers.numbers == [2])
    #expect(bench.log.traps.count == 1)
  }

  @Test("what is remembered stays under its bound: the oldest goes, and its repeat is delivered again")
  func bound() throws {
    let bench = try Bench(MetadataAssignment(source)) { $0.informs = InformLimits(bound: 4_096) }
    for request in 0..<100 {
      bench.arrive(1, TrapMaker.v2c(inform: true, request: UInt32(request)), deferred: true)
      bench.settle()
      #expect(bench.statistics.informs.octets <= 4_096)
    }
    #expect(bench.statistics.informs.remembered > 5)
    #expect(bench.statistics.informs.evictions + UInt64(bench.statistics.informs.remembered) == 100)
    bench.arrive(1, TrapMaker.v2c(inform: true, request: 99), deferred: true)
    bench.arrive(1, TrapMaker.v2c(inform: true, request: 0), deferred: true)
    bench.settle()
    #expect(bench.line.answeredRepeat == 1)
    #expect(bench.log.traps.count == 101)
  }

  @Test("a listener that delivers informs answers none, and what arrival accepted is not answered")
  func delivered() throws {
    let bench = try Bench(MetadataAssignment(source)) { $0.policies.listeners[0].informs = .deliver }
    bench.arrive(1, TrapMaker.v2c(inform: true))
    bench.arrive(1, listener: 1, TrapMaker.v2c(inform: true))
    bench.settle()
    #expect(bench.answers.all.isEmpty)
    #expect(bench.log.traps.map(\.marks) == [[], []])
    #expect(bench.line.accepted == 2)
  }

  @Test("informs held while their listener stopped answering hold back no later ones")
  func policyChange() throws {
    let metadata = ScriptedSource()
    let bench = try Bench(metadata, holding: HoldingLimits(maxWait: 0))
    let inform = TrapMaker.v2c(inform: true)
    bench.arrive(1, inform, deferred: true)
    bench.settle()
    var profile = ListenerProfile(line: bench.line)
    bench.classifier.replace(ClassificationPolicies(listeners: [profile]))
    metadata.answer(metadata.requests[0], Bench.program)
    bench.settle()
    #expect(bench.log.traps.map(\.marks) == [[]])
    profile.answers = bench.answers
    bench.classifier.replace(ClassificationPolicies(listeners: [profile]))
    bench.arrive(1, inform, deferred: true)
    bench.settle()
    #expect(bench.answers.numbers == [2])
    #expect(bench.line.accepted == 2 && bench.undecided == 0)
  }

  @Test("what can't be read is not accepted unverified")
  func unreadable() throws {
    let bench = try Bench(source)
    bench.arrive(1, [0x30, 3, 2, 1, 3], deferred: true)
    bench.settle()
    #expect(bench.line.refused(.malformed) == 1)
    #expect(bench.log.traps.isEmpty && bench.undecided == 0)
  }
}
