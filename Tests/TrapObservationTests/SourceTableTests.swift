import Synchronization
import Testing
import TrapBatching
import TrapLedger

@testable import TrapObservation

/// A table with its buffer and a clock that the test turns.
private final class TableBench: Sendable {
  let board = GaugeBoard()
  let buffer: InterprocessBuffer
  let table: SourceTable
  private let clock: TestClock

  final class TestClock: Sendable {
    let now = Atomic<UInt64>(1_000_000_000)
    /// What each reading takes.
    let step = Atomic<UInt64>(0)
    func read() -> UInt64 { now.wrappingAdd(step.load(ordering: .relaxed), ordering: .relaxed).newValue }
  }

  init(rows: Int = SourceTable.leastRows, buffer bound: Int = 1 << 20, firstIndex: UInt32 = 1) {
    let clock = TestClock()
    self.clock = clock
    buffer = InterprocessBuffer(bound: bound, board: board)
    table = SourceTable(
      buffer: buffer, bound: SourceTableState.pinnedOctets(capacity: rows), board: board, firstIndex: firstIndex,
      clock: { clock.read() })
  }

  func tell(_ source: UInt32, arrived: UInt64 = 1, refused: UInt64 = 0, at: Int64 = 1, oid: [UInt32] = []) {
    var command = SourceCommand(
      source: SourceAddress(ipv4: source), arrived: arrived, refused: refused, received: at)
    command.trapOID = PackedOID(count: oid.count) { oid[$0] }
    precondition(buffer.append([command], now: clock.read()) == 1)
  }

  func drain() { table.drain(nanoseconds: .max) }
  func pass(_ nanoseconds: UInt64) { clock.now.wrappingAdd(nanoseconds, ordering: .relaxed) }
  func slow(_ nanoseconds: UInt64) { clock.step.store(nanoseconds, ordering: .relaxed) }
  func index(_ source: UInt32) -> UInt32? { table.index(of: SourceAddress(ipv4: source)) }
  var indices: [UInt32] { table.rows(after: 0, most: .max).map(\.index) }
}

@Suite("The table of sources")
struct SourceTableTests {
  @Test("A request sees everything that was told before it")
  func drainedByRequest() {
    let bench = TableBench()
    bench.tell(7, arrived: 3, refused: 1, at: 50, oid: [1, 3, 6, 1])
    bench.tell(9, at: 60)
    bench.tell(7, arrived: 2, at: 70)
    #expect(bench.table.count == 0)
    bench.drain()
    var row = SourceRow(index: 1, address: SourceAddress(ipv4: 7), seen: 50)
    row.lastSeen = 70
    row.arrived = 5
    row.refused = 1
    row.lastTrapOID = [1, 3, 6, 1]
    #expect(bench.table.row(1) == row)
    #expect(bench.table.rows(after: 1, most: 5).map(\.address) == [SourceAddress(ipv4: 9)])
    #expect(bench.index(9) == 2)
    #expect(bench.board.gauge(.sources).current == 2)
    #expect(bench.table.bufferStatistics.applied == 2)
    #expect(bench.table.bufferStatistics.drains == 1)
    #expect(bench.table.bufferStatistics.coalesced == 1)
    #expect(bench.table.bufferStatistics.commands == 0)
  }

  @Test("At the bound the source not heard of for longest makes room, no index is used again, and sums stay exact")
  func bound() {
    let bench = TableBench(rows: 64)
    for source in 1...64 { bench.tell(UInt32(source)) }
    bench.drain()
    bench.tell(1, arrived: 5)
    bench.drain()
    bench.tell(100)
    bench.tell(101)
    bench.drain()
    #expect(bench.table.count == 64)
    #expect(bench.table.forgotten == 2)
    #expect(bench.index(1) == 1)
    #expect(bench.index(2) == nil && bench.index(3) == nil)
    #expect(bench.index(100) == 65 && bench.index(101) == 66)
    #expect(bench.table.row(2) == nil)
    bench.tell(2)
    bench.drain()
    #expect(bench.index(2) == 67)
    #expect(bench.table.sums.forgottenArrived == 3)
    #expect(bench.table.sums.totalArrived == 72)
    #expect(bench.indices == bench.indices.sorted())
  }

  @Test("Thousands of new sources later the order is whole and holds what lives")
  func churn() {
    let bench = TableBench(rows: 64)
    for source in 1...5_000 as ClosedRange<UInt32> {
      bench.tell(source)
      bench.drain()
    }
    #expect(bench.indices == Array(4_937...5_000))
    #expect(bench.table.rows(after: 4_990, most: 3).map(\.index) == [4_991, 4_992, 4_993])
    #expect(bench.table.sums.totalArrived == 5_000)
  }

  @Test("The very request that reads a row may forget it: it finds none, and the next one")
  func rowGoesWithItsRequest() {
    let bench = TableBench(rows: 64)
    for source in 1...64 { bench.tell(UInt32(source)) }
    bench.drain()
    let walked = bench.table.rows(after: 0, most: 1)[0].index
    bench.tell(200)
    bench.drain()
    #expect(bench.table.row(walked) == nil)
    #expect(bench.table.rows(after: walked, most: 1).map(\.index) == [2])
  }

  @Test("A walk finds every row that lives through it, once, in order, while others come and go")
  func walk() {
    let bench = TableBench(rows: 64)
    for source in 1...64 { bench.tell(UInt32(source)) }
    bench.drain()
    var seen: [UInt32] = []
    var last: UInt32 = 0
    var newcomer: UInt32 = 1_000
    while let row = bench.table.rows(after: last, most: 1).first {
      seen.append(row.index)
      last = row.index
      // The even ones live on.
      for source in 1...32 as ClosedRange<UInt32> { bench.tell(2 * source) }
      newcomer += 1
      if newcomer < 1_030 { bench.tell(newcomer) }
      bench.drain()
    }
    #expect(seen == seen.sorted())
    #expect(Set(seen).count == seen.count)
    #expect(Set(seen).isSuperset(of: (1...32).map { 2 * UInt32($0) }))
  }

  @Test("Made-up sources, of which nothing got past a listener, push out each other and no device")
  func madeUp() {
    let bench = TableBench(rows: 64)
    for source in 1...64 { bench.tell(UInt32(source)) }
    bench.drain()
    for source in 1_000...3_000 as ClosedRange<UInt32> {
      bench.tell(source, refused: 1)
      bench.drain()
    }
    // The four that a sixteenth of the table is for the others.
    #expect((1...64).filter { bench.index($0) == nil } == [1, 2, 3, 4])
    #expect(bench.table.count == 64)
    bench.tell(5_000)
    bench.drain()
    #expect(bench.index(5) == nil && bench.index(5_000) != nil)
    #expect(bench.table.sums.totalRefused == 2_001)
    #expect(bench.table.sums.totalArrived == 64 + 2_001 + 1)
  }

  @Test("Addresses whose octets are the same in another order are different sources")
  func anagrams() {
    let bench = TableBench()
    let addresses = ["10.1.2.3", "10.3.2.1", "3.2.1.10", "2001:db8::1:2", "2001:db8::2:1"].map { SourceAddress($0)! }
    for (number, address) in addresses.enumerated() {
      let command = SourceCommand(source: address, arrived: UInt64(number + 1), refused: 0, received: 1)
      #expect(bench.buffer.append([command], now: 1) == 1)
    }
    bench.drain()
    for (number, address) in addresses.enumerated() {
      #expect(bench.table.index(of: address) == UInt32(number + 1))
      #expect(bench.table.row(UInt32(number + 1))?.arrived == UInt64(number + 1))
    }
  }

  @Test("When the last index is issued newcomers have no row, and are counted all the same")
  func lastIndex() {
    let bench = TableBench(firstIndex: .max)
    bench.tell(1)
    bench.tell(2, arrived: 3, refused: 2)
    bench.drain()
    #expect(bench.index(1) == .max)
    #expect(bench.index(2) == nil)
    #expect(bench.table.rows(after: .max - 1, most: 5).count == 1)
    #expect(bench.table.sums.unattributedArrived == 3)
    #expect(bench.table.sums.unattributedRefused == 2)
  }

  @Test("A drain ends at its time, what is left is the next one's, and nothing is applied twice")
  func drainTime() {
    let bench = TableBench(rows: 2_000)
    for source in 1...1_000 { bench.tell(UInt32(source)) }
    bench.slow(1_000)
    bench.table.drain(nanoseconds: 1_500)
    let first = bench.table.count
    #expect(first > 0 && first < 1_000)
    #expect(bench.table.bufferStatistics.commands == UInt64(1_000 - first))
    bench.tell(5_000)
    bench.drain()
    #expect(bench.table.count == 1_001)
    #expect(bench.table.sums.arrived == 1_001)
    #expect(bench.table.bufferStatistics.drains == 2)
    #expect(bench.table.bufferStatistics.longestDrainTime >= bench.table.bufferStatistics.lastDrainTime)
  }

  @Test("The rate follows what is sent and fades with silence, and the busiest come first")
  func rate() {
    let bench = TableBench()
    for _ in 0..<120 {
      bench.pass(1_000_000_000)
      bench.tell(1, arrived: 200)
      bench.tell(2, arrived: 50)
      bench.tell(3, arrived: 1)
      bench.drain()
    }
    #expect((190...215).contains(bench.table.row(1)!.rate))
    #expect((45...55).contains(bench.table.row(2)!.rate))
    #expect(bench.table.busiest(2).map(\.index) == [1, 2])
    bench.pass(100_000_000)
    bench.tell(3, arrived: 1_000_000)
    bench.drain()
    #expect(bench.table.busiest(1).map(\.index) == [1], "asked again within a second the list is the same")
    bench.pass(1_000_000_000)
    #expect(bench.table.busiest(3).map(\.index) == [3, 1, 2])
    bench.pass(300_000_000_000)
    #expect(bench.table.row(1)!.rate == 0)
  }

  @Test("The busiest of many are the right ones, in their order")
  func busiest() {
    let bench = TableBench(rows: 3_000)
    for source in 1...2_000 as ClosedRange<UInt32> { bench.tell(source, arrived: UInt64(source &* 7919 % 2_003 + 1)) }
    bench.drain()
    let rows = bench.table.rows(after: 0, most: .max).sorted { $0.arrived > $1.arrived }
    #expect(bench.table.busiest(50).map(\.index) == rows.prefix(50).map(\.index))
  }

  @Test("So many rows fit as the bound says")
  func capacity() {
    for bound in [1 << 16, 1 << 20, 16 << 20, 100 << 20] {
      let capacity = SourceTable.capacity(bound: bound)
      #expect(SourceTableState.pinnedOctets(capacity: capacity) <= bound)
      #expect(SourceTableState.pinnedOctets(capacity: capacity + 1) > bound)
    }
    #expect(SourceTable.capacity(bound: 16 << 20) >= 100_000)
    #expect(SourceTable.capacity(bound: 0) == SourceTable.leastRows)
  }
}

@Suite("The indices of processing engines")
struct EngineIndicesTests {
  private func tell(_ bench: TableBench, _ name: String, _ change: EngineCommand.Change) {
    bench.buffer.append(EngineCommand(name, change), now: 1)
  }

  @Test("An engine that came and went before any read leaves no row, and takes no index")
  func unseen() {
    let bench = TableBench()
    tell(bench, "a", .joined)
    tell(bench, "a", .left(hasLine: false))
    tell(bench, "b", .joined)
    bench.drain()
    #expect(bench.table.engines.all == ["b": 1])
  }

  @Test("A name keeps its index while its line is to be seen; afterwards it gets a new one; none is used twice")
  func indices() {
    let bench = TableBench()
    for name in ["ab", "ba", "é", "e\u{301}x"] { tell(bench, name, .joined) }
    bench.drain()
    #expect(bench.table.engines.all == ["ab": 1, "ba": 2, "é": 3, "e\u{301}x": 4])
    tell(bench, "ab", .left(hasLine: true))
    tell(bench, "ba", .left(hasLine: false))
    bench.drain()
    #expect(bench.table.engines.all == ["ab": 1, "é": 3, "e\u{301}x": 4])
    tell(bench, "ba", .joined)
    tell(bench, "ab", .joined)
    bench.drain()
    #expect(bench.table.engines.all["ab"] == 1)
    #expect(bench.table.engines.all["ba"] == 5)
  }

  @Test("Names of engines that left are kept as long as the ledger may keep their lines")
  func gone() {
    let bench = TableBench()
    for number in 0...EngineIndices.goneMax {
      tell(bench, "engine\(number)", .left(hasLine: true))
      bench.drain()
    }
    #expect(bench.table.engines.all.count == EngineIndices.goneMax)
    #expect(bench.table.engines.all["engine0"] == nil)
    #expect(bench.table.engines.all["engine1"] == 2)
  }
}
