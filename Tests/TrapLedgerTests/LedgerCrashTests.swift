internal import Foundation
internal import Glibc
internal import Testing
internal import TrapLedger

/// The ledger of a process that is killed, and what the next start makes of it.
@Suite("A crash in the ledger")
struct LedgerCrashTests {
  @Test("What a killed process had inside is booked as crash, line by line, and the boots go up")
  func killedProcess() async throws {
    let directory = try TemporaryDirectory()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = directory.path as String] in
      let ledger = try Ledger.open(directory: path, now: 1_000, processID: getpid())
      let main = try ledger.listener("main")
      main.addArrived(100)
      main.addAccepted(90)
      main.addRefused(7, .kernelDrop)  // 3 between the socket and the decision
      let second = try ledger.listener("second")
      second.addArrived(10)
      second.addAccepted(10)
      ledger.classification.addUnrouted(5, .noRoute)
      ledger.classification.addPlaced(80)
      ledger.classification.setHeld(6)  // 6 held and 9 waiting
      let archive = try ledger.engine("archive")
      archive.addRouted(80)
      archive.addDelivered(50)
      archive.addMissed(4, .bound)
      archive.setInFlight(20)  // 20 in flight and 6 queued
      try ledger.engine("alarms").addRouted(8)
      kill(getpid(), SIGKILL)
    }

    let next = try Ledger.open(directory: directory.path, now: 2_000, processID: 11)
    let crashed = try #require(next.crashedRun)
    #expect(crashed.boots == 1 && crashed.started == 1_000)
    #expect(crashed.arrived == 110 && crashed.accepted == 100 && crashed.placed == 80 && crashed.delivered == 50)
    #expect(crashed.refusedCrash == ["main": 3, "second": 0])
    #expect(crashed.unroutedCrash == 15)
    #expect(crashed.missedCrash == ["archive": 26, "alarms": 8])
    #expect(crashed.crashed == 3 + 15 + 26 + 8)
    #expect(next.boots == 2 && next.started == 2_000 && next.isOpen && next.processID == 11)
    #expect(next.listeners.isEmpty && next.engines.isEmpty && LedgerBalance(next).arrived == 0)
  }

  @Test("The former run's ledger is kept, closed and balanced")
  func formerLedger() async throws {
    let directory = try TemporaryDirectory()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = directory.path as String] in
      let ledger = try Ledger.open(directory: path, now: 1_000, processID: getpid())
      try ledger.listener("main").addArrived(9)
      try ledger.listener("main").addAccepted(8)
      ledger.classification.addPlaced(7)
      try ledger.engine("archive").addRouted(7)
      try ledger.engine("archive").addDelivered(2)
      kill(getpid(), SIGKILL)
    }
    _ = try Ledger.open(directory: directory.path, now: 2_000, processID: 11)
    let former = try Ledger.read(directory: directory.path, former: true)
    #expect(!former.isOpen && former.boots == 1)
    let balance = LedgerBalance(former)
    #expect(balance.undecided == 0 && balance.waiting == 0 && balance.queued == 0)
    #expect(former.listeners[0].refused(.refusedCrash) == 1)
    #expect(former.classification.unrouted(.unroutedCrash) == 1)
    #expect(former.engines[0].missed(.missedCrash) == 5)
  }

  @Test("A run that closed its ledger is no crash, and the boots go up all the same")
  func closedRun() throws {
    let directory = try TemporaryDirectory()
    func run(_ now: UInt64) throws -> (boots: UInt64, crashed: Bool) {
      let ledger = try Ledger.open(directory: directory.path, now: now, processID: 10)
      try ledger.listener("main").addArrived(5)
      ledger.close(at: now + 1)
      return (ledger.boots, ledger.crashedRun != nil)
    }
    for expected in 1...4 as ClosedRange<UInt64> {
      let (boots, crashed) = try run(expected * 10)
      #expect(boots == expected && !crashed)
    }
  }

  @Test("Crash after crash: each is booked once, under its own boots")
  func repeatedCrashes() async throws {
    let directory = try TemporaryDirectory()
    for round in 1...3 as ClosedRange<UInt64> {
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = directory.path as String] in
        let ledger = try Ledger.open(directory: path, now: 1, processID: getpid())
        try ledger.listener("main").addArrived(ledger.boots)
        kill(getpid(), SIGKILL)
      }
      let view = try Ledger.read(directory: directory.path)
      #expect(view.isOpen && view.boots == round && view.listeners[0].arrived == round)
    }
    let crashed = try #require(try Ledger.open(directory: directory.path, now: 5, processID: 10).crashedRun)
    #expect(crashed.boots == 3 && crashed.refusedCrash == ["main": 3])
  }

  @Test("A counter that ran past its whole books nothing, rather than a huge number")
  func partsOverWhole() throws {
    let directory = try TemporaryDirectory()
    func crash() throws {
      let ledger = try Ledger.open(directory: directory.path, now: 1, processID: 10)
      try ledger.engine("archive").addDelivered(3)
    }
    try crash()
    let crashed = try #require(try Ledger.open(directory: directory.path, now: 2, processID: 10).crashedRun)
    #expect(crashed.missedCrash == ["archive": 0])
  }
}
