import Glibc
import Testing
import TrapBatching
import TrapLedger

@testable import TrapArrival

@Suite("The account of what arrived")
struct AccountTests {
  @Test("Every refusal is counted under its cause, and the line balances")
  func causes() throws {
    let bench = try Bench(
      Bench.open("127.0.0.1"), admission: Admission(communities: [Array("public".utf8)], v3: .refuse, informs: .deliver)
    )
    let sender = try Sender(from: "127.0.0.1")
    let sent: [[UInt8]] = [
      SampleTrap.v2c(), [], Array("GET / HTTP/1.1".utf8), SampleTrap.get, SampleTrap.version7,
      SampleTrap.v2c(community: "wrong"), SampleTrap.v2c(),
    ]
    for octets in sent { #expect(sender.send(octets, to: "127.0.0.1", port: bench.port)) }
    try bench.readAll()
    #expect(bench.line.arrived == 7)
    #expect(bench.line.accepted == 2)
    #expect(bench.line.refused(.malformed) == 2)
    #expect(bench.line.refused(.notANotification) == 1)
    #expect(bench.line.refused(.unsupportedVersion) == 1)
    #expect(bench.line.refused(.community) == 1)
    #expect(bench.isBalanced)
    #expect(bench.takeTraps().count == 2)
  }

  @Test("A datagram longer than its slot is truncated, one that fills it is not")
  func truncated() throws {
    let trap = SampleTrap.v2c()
    let bench = try Bench(Bench.open("127.0.0.1"), settings: Lane.Settings(slots: 4, slotOctets: trap.count))
    let sender = try Sender(from: "127.0.0.1")
    #expect(sender.send(trap + [0], to: "127.0.0.1", port: bench.port))
    #expect(sender.send(trap, to: "127.0.0.1", port: bench.port))
    try bench.readAll()
    #expect(bench.line.refused(.truncated) == 1)
    #expect(bench.takeTraps().map(\.octets) == [trap])
    #expect(bench.isBalanced)
  }

  @Test("The largest datagram that IPv4 can carry arrives whole")
  func largest() throws {
    let bench = try Bench(Bench.open("127.0.0.1"))
    // Trailing octets after the message are the peek's affair; here only their number counts.
    let octets = SampleTrap.v2c() + [UInt8](repeating: 0, count: 65_507 - SampleTrap.v2c().count)
    #expect(try Sender(from: "127.0.0.1").send(octets, to: "127.0.0.1", port: bench.port))
    try bench.readAll()
    #expect(bench.line.refused(.truncated) == 0)
    #expect(bench.line.accepted == 1)
    #expect(bench.takeTraps().first?.octets.count == 65_507)
  }

  @Test("At the queue's bound a trap is refused as batch-bound and never counted as accepted")
  func batchBound() throws {
    // Room for one slab of 1024 entries.
    let bound = Slab.pinnedOctets(octetCapacity: 262_144, entryCapacity: 1024)
    let bench = try Bench(Bench.open("127.0.0.1"), bound: bound)
    let sender = try Sender(from: "127.0.0.1")
    var sent = 0
    for _ in 0..<1100 where sender.send(SampleTrap.v2c(), to: "127.0.0.1", port: bench.port) { sent += 1 }
    try bench.readAll()
    #expect(bench.line.arrived == UInt64(sent))
    #expect(bench.line.accepted == 1024)
    #expect(bench.line.refused(.batchBound) == UInt64(sent - 1024) - bench.line.refused(.kernelDrop))
    #expect(bench.isBalanced)
    #expect(bench.takeTraps().count == 1024)
  }

  @Test("What the kernel drops is counted once: sent is arrived, whoever asks and how often")
  func kernelDrops() throws {
    let sockets = try ListenerSockets.open(
      address: ListenerAddress(address: SourceAddress("127.0.0.1")!, port: 0), lanes: 2, receiveBuffer: 1)
    let bench = try Bench(sockets)
    let senders = try (1...8).map { try Sender(from: "127.0.0.\($0)") }
    var sent: UInt64 = 0
    for index in 0..<8000 where senders[index % 8].send(SampleTrap.v2c(), to: "127.0.0.1", port: bench.port) {
      sent += 1
      if index == 4000 { bench.listener.refreshKernelDrops() }
    }
    let early = bench.line.refused(.kernelDrop)
    let listener = bench.listener
    let askers = try (0..<4).map { index throws(StageThreadError) in
      try StageThread(name: "asker\(index)") { for _ in 0..<200 { listener.refreshKernelDrops() } }
    }
    for asker in askers { asker.join() }
    try bench.readAll()
    bench.listener.refreshKernelDrops()
    #expect(early > 0)
    #expect(bench.line.refused(.kernelDrop) > early)
    #expect(bench.line.arrived == sent)
    #expect(bench.line.accepted == UInt64(bench.takeTraps().count))
    #expect(bench.isBalanced)
  }

  @Test("A socket closed to arrivals still counts what comes, and keeps what was queued")
  func closedToArrivals() throws {
    let sockets = try Bench.open("127.0.0.1")
    let bench = try Bench(sockets)
    let sender = try Sender(from: "127.0.0.1")
    for _ in 0..<5 { #expect(sender.send(SampleTrap.v2c(), to: "127.0.0.1", port: bench.port)) }
    sockets.lanes[0].closeToArrivals()
    for _ in 0..<7 { _ = sender.send(SampleTrap.v2c(), to: "127.0.0.1", port: bench.port) }
    try bench.readAll()
    #expect(bench.line.arrived == 12)
    #expect(bench.line.accepted == 5)
    #expect(bench.line.refused(.kernelDrop) == 7)
  }

  @Test("No trap can be taken before it is counted as accepted, and a stop ends a flood")
  func acceptedFirst() throws {
    let bench = try Bench(Bench.open("127.0.0.1"), settings: Lane.Settings(gatherTime: 0))
    let flood = Flood(to: bench.port, sender: try Sender(from: "127.0.0.1"))
    try bench.listener.start()
    let thread = try StageThread(name: "flood") { flood.run() }
    var taken: UInt64 = 0
    var early = 0
    var waitingBelowZero = 0
    // Bounded, so that a lane that reads nothing fails this test and does not hang it.
    let end = SystemClock.monotonic() + 600_000_000_000
    while taken < 20_000 && SystemClock.monotonic() < end {
      guard let batch = bench.queue.take(now: .max - 1) else {
        sched_yield()
        continue
      }
      taken += UInt64(batch.trapCount)
      bench.ledger.classification.addPlaced(UInt64(batch.trapCount))
      let id = batch.id
      if bench.line.accepted < taken { early += 1 }
      let balance = LedgerBalance(bench.ledger)
      if balance.waiting < 0 || balance.undecided < 0 { waitingBelowZero += 1 }
      bench.queue.complete(id)
    }
    bench.listener.stop()
    flood.end()
    thread.join()
    taken += UInt64(bench.takeTraps().count)
    #expect(taken >= 20_000)
    #expect(early == 0)
    #expect(waitingBelowZero == 0)
    #expect(bench.line.accepted == taken)
    #expect(bench.isBalanced)
  }
}
