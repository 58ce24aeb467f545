internal import Testing
internal import TrapLedger

/// The law on a ledger that is filled by hand, one count per way that a trap can take.
@Suite("The law of the ledger")
struct LedgerBalanceTests {
  /// Two listeners and two engines at rest: every line adds up.
  private func settled() throws -> Ledger {
    let ledger = try Ledger.open(directory: nil, now: 0, processID: 1)
    let main = try ledger.listener("main")
    main.addArrived(100)
    main.addAccepted(80)
    main.addRefused(15, .kernelDrop)
    main.addRefused(5, .malformed)
    let second = try ledger.listener("second")
    second.addArrived(10)
    second.addAccepted(10)
    ledger.classification.addUnrouted(20, .noRoute)
    ledger.classification.addUnrouted(10, .holdTimeout)
    ledger.classification.addPlaced(60)
    let archive = try ledger.engine("archive")
    archive.addRouted(60)
    archive.addDelivered(60)
    let alarms = try ledger.engine("alarms")
    alarms.addRouted(30)
    alarms.addDelivered(18)
    alarms.addMissed(11, .bound)
    alarms.addMissed(1, .deadLetter)
    return ledger
  }

  @Test("At rest nothing remains on any line")
  func atRest() throws {
    let balance = LedgerBalance(try settled())
    #expect(balance.undecided == 0 && balance.waiting == 0 && balance.queued == 0)
    #expect(balance.arrived == 110 && balance.accepted == 90 && balance.refused == 20)
    #expect(balance.placed == 60 && balance.unrouted == 30)
    #expect(balance.routed == 90 && balance.delivered == 78 && balance.missed == 12)
  }

  @Test("What is between two stages shows as the remainder of its own line, and of no other")
  func remainders() throws {
    let ledger = try settled()
    try ledger.listener("main").addArrived(3)
    #expect(LedgerBalance(ledger).undecided == 3)
    try ledger.listener("main").addAccepted(3)
    #expect(LedgerBalance(ledger).undecided == 0)
    #expect(LedgerBalance(ledger).waiting == 3)
    ledger.classification.setHeld(3)
    #expect(LedgerBalance(ledger).waiting == 0)
    ledger.classification.addPlaced(3)
    ledger.classification.setHeld(0)
    #expect(LedgerBalance(ledger).waiting == 0)
    try ledger.engine("archive").addRouted(3)
    #expect(LedgerBalance(ledger).queued == 3)
    try ledger.engine("archive").setInFlight(2)
    #expect(LedgerBalance(ledger).queued == 1)
    #expect(LedgerBalance(ledger).undecided == 0)
  }

  @Test("Every refusal counts in the first line", arguments: Cause.causes(of: .refused))
  func everyRefusal(cause: Cause) throws {
    let ledger = try settled()
    try ledger.listener("second").addArrived(4)
    try ledger.listener("second").addRefused(4, cause)
    #expect(LedgerBalance(ledger).undecided == 0)
  }

  @Test("Every way of being unrouted counts in the second line", arguments: Cause.causes(of: .unrouted))
  func everyUnrouted(cause: Cause) throws {
    let ledger = try settled()
    try ledger.listener("main").addArrived(4)
    try ledger.listener("main").addAccepted(4)
    ledger.classification.addUnrouted(4, cause)
    #expect(LedgerBalance(ledger).waiting == 0)
  }

  @Test("Every way of being missed counts in the third line", arguments: Cause.causes(of: .missed))
  func everyMissed(cause: Cause) throws {
    let ledger = try settled()
    try ledger.engine("alarms").addRouted(4)
    try ledger.engine("alarms").addMissed(4, cause)
    #expect(LedgerBalance(ledger).queued == 0)
  }

  @Test("A part that was counted without its whole shows as less than nothing, not as a huge number")
  func lostWhole() throws {
    let ledger = try settled()
    try ledger.engine("archive").addDelivered(1)
    #expect(LedgerBalance(ledger).queued == -1)
  }

  @Test("A culled trap is in no line, a replayed one in routed too")
  func culledAndReplayed() throws {
    let ledger = try settled()
    try ledger.engine("alarms").addCulled(50)
    #expect(LedgerBalance(ledger).queued == 0)
    try ledger.engine("alarms").addReplayed(2)
    #expect(LedgerBalance(ledger).queued == 0)
  }

  @Test("Gauges have cells of their own", arguments: Gauge.allCases)
  func gauges(gauge: Gauge) throws {
    let ledger = try settled()
    let before = LedgerBalance(ledger)
    ledger.set(gauge, 40)
    ledger.add(gauge, 2)
    for other in Gauge.allCases { #expect(ledger[other] == (other == gauge ? 42 : 0)) }
    #expect(LedgerBalance(ledger) == before)
  }
}
