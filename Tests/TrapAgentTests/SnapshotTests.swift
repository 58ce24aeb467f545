import Testing
import TrapLedger
import TrapObservation

@Suite("The snapshot")
struct SnapshotTests {
  @Test("its totals are the ledger's balance")
  func totals() throws {
    let ledger = try SampleLedger.make()
    let balance = LedgerBalance(ledger)
    let snapshot = SampleLedger.snapshot(ledger)
    #expect(snapshot.arrived == balance.arrived && snapshot.accepted == balance.accepted)
    #expect(snapshot.answered == balance.answered && snapshot.refused == balance.refused)
    #expect(snapshot.placed == balance.placed && snapshot.held == balance.held && snapshot.unrouted == balance.unrouted)
    #expect(snapshot.routed == balance.routed && snapshot.delivered == balance.delivered)
    #expect(snapshot.inFlight == balance.inFlight && snapshot.missed == balance.missed)
    #expect(snapshot.undecided == balance.undecided && snapshot.waiting == balance.waiting)
    #expect(snapshot.queued == balance.queued)
    #expect(snapshot.engines.map(\.name) == ["archive", "alarms"])
    #expect(snapshot.listeners.map(\.refused).reduce(0, +) == balance.refused)
  }

  @Test("the ledger's line names what was counted and leaves out what was not")
  func line() throws {
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let main = try ledger.listener("main")
    main.addArrived(12)
    main.addAccepted(9)
    main.addRefused(2, .malformed)
    ledger.classification.addPlaced(5)
    ledger.classification.setHeld(1)
    ledger.classification.addUnrouted(1, .noRoute)
    let archive = try ledger.engine("archive")
    archive.addRouted(5)
    archive.addDelivered(2)
    archive.setInFlight(1)
    archive.addMissed(1, .bound)
    #expect(
      StatisticsSnapshot(ledger: ledger, now: 2, version: "1").ledgerLine
        == "arrived 12 = accepted 9 + answered 0 + refused 2 (malformed 2) + undecided 1; "
        + "accepted = waiting 2 + held 1 + placed 5 + unrouted 1 (no-route 1); "
        + "routed 5 = delivered 2 + queued 1 + in flight 1 + missed 1 (bound 1)")
  }
}
