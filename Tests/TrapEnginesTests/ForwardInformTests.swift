import Foundation
import SNMPWire
import Synchronization
import Testing
import TrapBatching
import TrapDispatch

@testable import TrapEngines

@Suite("The forward engine and SNMPv2c informs")
struct ForwardInformTests {
  private static let millisecond: UInt64 = 1_000_000

  private func open(
    _ receiver: ForwardReceiver, _ change: (inout ForwardEngineSettings) -> Void = { _ in }
  ) throws -> ForwardEngine {
    try ForwardTraps.open(receiver.port) {
      $0.pdu = .inform
      change(&$0)
    }
  }

  private func traps(_ numbers: ClosedRange<Int32>) -> [[UInt8]] { numbers.map { ForwardTraps.v2c($0) } }

  @Test("a batch is acknowledged when every inform is answered", arguments: [1, 4, 64])
  func answered(window: Int) throws {
    let receiver = try ForwardReceiver { _, inform in [ForwardTraps.response(to: inform)] }
    let engine = try open(receiver) { $0.window = window }
    #expect(TestBatch.deliver(TestBatch.make(traps(1...200)), to: engine) == .acknowledged)
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.map(ForwardTraps.number) == (1...200).map { $0 })
    #expect(receiver.all.allSatisfy { (try? TrapPeek.read($0.span))?.kind == .inform })
    #expect(Set(receiver.all.map(ForwardTraps.requestID)).count == 200)
  }

  @Test("an inform that came in as one goes on with a request ID of ours, and all else as it came")
  func same() throws {
    let receiver = try ForwardReceiver { _, inform in [ForwardTraps.response(to: inform)] }
    let engine = try ForwardTraps.open(receiver.port)
    let inform = ForwardTraps.v2c(9, tag: BERTag.inform)
    let informs = [inform, Fixtures.datagrams[4], inform, inform]
    #expect(TestBatch.deliver(TestBatch.make(informs), to: engine) == .acknowledged)
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.count == 4 && Set(receiver.all.map(ForwardTraps.requestID)).count == 4)
    for (sent, came) in zip(receiver.all, informs) {
      let (sentPeek, camePeek) = (try TrapPeek.read(sent.span), try TrapPeek.read(came.span))
      #expect(sent[sentPeek.community] == came[camePeek.community] && sentPeek.kind == .inform)
      #expect(ForwardTraps.behindRequestID(sent) == ForwardTraps.behindRequestID(came))
    }
  }

  @Test("a late response to an inform does not acknowledge another device's of the same request ID")
  func late() throws {
    // The second is answered with the first one's response only, as a receiver that took the first alone would do.
    let first = Mutex<[UInt8]?>(nil)
    let receiver = try ForwardReceiver { _, inform in
      [
        ForwardTraps.response(
          to: first.withLock {
            $0 = $0 ?? inform
            return $0 ?? inform
          })
      ]
    }
    let engine = try open(receiver) {
      $0.window = 1
      $0.timeout = 20 * Self.millisecond
      $0.retries = 1
    }
    let inform = ForwardTraps.v2c(9, tag: BERTag.inform)
    #expect(TestBatch.deliver(TestBatch.make([inform, inform]), to: engine) != .acknowledged)
    #expect(ForwardTraps.end(engine))
    receiver.end()
  }

  @Test("an inform whose response is lost is sent again, the same octets")
  func lostOnce() throws {
    let receiver = try ForwardReceiver { number, inform in number == 1 ? [] : [ForwardTraps.response(to: inform)] }
    let engine = try open(receiver) {
      $0.timeout = 20 * Self.millisecond
      $0.retries = 1000
    }
    #expect(TestBatch.deliver(TestBatch.make(traps(1...1)), to: engine) == .acknowledged)
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.count >= 2 && Set(receiver.all).count == 1)
  }

  @Test("what answers something else, and what is no answer, acknowledges nothing")
  func strangers() throws {
    let receiver = try ForwardReceiver { number, inform in
      let other = ForwardTraps.response(to: ForwardTraps.v2c(ForwardTraps.requestID(inform) &+ 1))
      return number < 4 ? [other, inform, [], [0x30]] : [ForwardTraps.response(to: inform)]
    }
    let engine = try open(receiver) {
      $0.timeout = 20 * Self.millisecond
      $0.retries = 1000
    }
    #expect(TestBatch.deliver(TestBatch.make(traps(1...1)), to: engine) == .acknowledged)
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.count >= 4)
  }

  @Test("never answered is unavailable after the retries; those that were answered are not sent again")
  func neverAnswered() throws {
    let isThere = Atomic<Bool>(false)
    let receiver = try ForwardReceiver { _, inform in
      ForwardTraps.number(inform) != 2 || isThere.load(ordering: .acquiring) ? [ForwardTraps.response(to: inform)] : []
    }
    let engine = try open(receiver) {
      $0.timeout = 20 * Self.millisecond
      $0.retries = 2
    }
    let batch = TestBatch.make(traps(1...3))
    // A slow machine may have the answers of the others come late; they come, and then only the second is sent.
    var lastAttempt: [[UInt8]] = []
    for _ in 0..<1000 where lastAttempt.map(ForwardTraps.number) != [2, 2, 2] {
      let before = receiver.all.count
      guard case .unavailable(let reason, _, true) = TestBatch.deliver(batch, to: engine) else {
        throw TestFailure("acknowledged, or refused")
      }
      #expect(reason.contains("no response") && reason.contains("after 3 attempts"))
      lastAttempt = Array(receiver.datagrams(before + 3).dropFirst(before))
    }
    #expect(lastAttempt.map(ForwardTraps.number) == [2, 2, 2])
    let before = receiver.all.count
    isThere.store(true, ordering: .releasing)
    let outcome = TestBatch.deliver(batch, to: engine) { $0 == .acknowledged }
    #expect(outcome == .acknowledged)
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.dropFirst(before).allSatisfy { ForwardTraps.number($0) == 2 })
    #expect(Set(receiver.all.filter { ForwardTraps.number($0) == 2 }).count == 1, "the same request ID each time")
  }

  @Test("an error-status refuses exactly that one, once the batch is halved; each is sent once")
  func errorStatus() throws {
    let receiver = try ForwardReceiver { _, inform in
      [ForwardTraps.response(to: inform, errorStatus: ForwardTraps.number(inform) == 3 ? 16 : 0)]
    }
    let engine = try open(receiver)
    func isRefused(_ range: ClosedRange<Int32>, _ counter: UInt64) throws -> Bool {
      let batch = TestBatch.make(traps(range), counter: counter, first: UInt64(range.lowerBound))
      switch TestBatch.deliver(batch, to: engine) {
      case .refused(let reason, false):
        #expect(reason.contains("error-status 16"))
        return true
      case .acknowledged: return false
      default: throw TestFailure("neither")
      }
    }
    #expect(try isRefused(1...4, 1))
    #expect(try !isRefused(1...2, 2))
    #expect(try isRefused(3...4, 3))
    #expect(try isRefused(3...3, 4))
    #expect(try !isRefused(4...4, 5))
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.map(ForwardTraps.number) == [1, 2, 3, 4])
  }

  @Test("a receiver that is away is unavailable, without a wait for the timeout")
  func away() throws {
    let engine = try ForwardTraps.open(ForwardReceiver.vacantPort()) { $0.pdu = .inform }
    guard case .unavailable(let reason, _, _) = TestBatch.deliver(TestBatch.make(traps(1...1)), to: engine) else {
      throw TestFailure("not unavailable")
    }
    #expect(reason.contains("refused"))
    #expect(ForwardTraps.end(engine))
  }

  @Test("a stop does not wait for responses")
  func stop() throws {
    let receiver = try ForwardReceiver()
    let engine = try open(receiver)
    let box = TestBatch.AnswerBox()
    let completion = BatchCompletion { outcome in box.outcome.withLock { $0 = outcome } }
    engine.deliver(TestBatch.make(traps(1...1)), completion: completion)
    _ = receiver.datagrams(1)
    #expect(ForwardTraps.end(engine))
    guard case .unavailable? = box.outcome.withLock({ $0 }) else { throw TestFailure("not unavailable") }
    receiver.end()
  }
}
