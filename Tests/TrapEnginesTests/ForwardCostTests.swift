import Foundation
import Testing
import TrapBatching
import TrapDispatch

@testable import TrapEngines

/// `TRAPLINE_BENCH=1` prints what sending on costs; a figure of one machine fails no test.
@Suite("What sending on costs", .enabled(if: ProcessInfo.processInfo.environment["TRAPLINE_BENCH"] == "1"))
struct ForwardCostTests {
  private func perTrap(since start: UInt64, _ count: Int) -> Double {
    Double(SystemClock.monotonic() - start) / 1000 / Double(count)
  }

  @Test("an SNMPv2c trap to SNMPv2c, SNMPv1 and an inform")
  func cost() throws {
    let count = 50_000
    let settings = ForwardTraps.settings(9)
    let batch = TestBatch.many(count)
    for (name, change) in [
      ("as it is", { _ in }), ("v1", { $0.version = .v1 }), ("inform", { $0.pdu = .inform }),
    ] as [(String, (inout ForwardEngineSettings) -> Void)] {
      var changed = settings
      change(&changed)
      var composer = ForwardComposer(changed)
      let start = SystemClock.monotonic()
      var octets = 0
      try batch.forEachTrap { trap, datagram throws(ForwardRefusal) in
        octets += try composer.compose(trap, datagram, now: start).octets.count
      }
      print("written \(name): \(perTrap(since: start, count)) µs a trap, \(octets) octets")
    }
    let receiver = try ForwardReceiver()
    let engine = try ForwardTraps.open(receiver.port)
    let start = SystemClock.monotonic()
    #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
    print("written and sent: \(perTrap(since: start, count)) µs a trap")
    #expect(ForwardTraps.end(engine))
    receiver.end()
  }
}
