import Synchronization
import Testing
import TrapBatching
import TrapLedger

@Suite("The interprocess buffer")
struct InterprocessBufferTests {
  private static func command(_ source: UInt32, _ arrived: UInt64, refused: UInt64 = 0, at: Int64 = 1) -> SourceCommand
  {
    SourceCommand(source: SourceAddress(ipv4: source), arrived: arrived, refused: refused, received: at)
  }

  /// Takes everything and adds it up.
  private static func sums(_ buffer: InterprocessBuffer) -> (commands: Int, arrived: UInt64, refused: UInt64) {
    var sums = (commands: 0, arrived: UInt64(0), refused: UInt64(0))
    var list = buffer.spare()
    while buffer.take(&list) {
      sums.commands += list.sources.count
      for command in list.sources {
        sums.arrived += command.arrived
        sums.refused += command.refused
      }
      list.removeAll()
    }
    return sums
  }

  @Test("Commands of one source add up, and sources keep the order in which they were first told of")
  func coalesces() {
    let board = GaugeBoard()
    let buffer = InterprocessBuffer(bound: 1 << 20, board: board)
    #expect(buffer.append([Self.command(2, 3, at: 5), Self.command(1, 1, at: 6)], now: 10) == 2)
    #expect(buffer.append([Self.command(2, 4, refused: 2, at: 9), Self.command(2, 1, at: 7)], now: 20) == 2)
    #expect(buffer.statistics.commands == 2)
    #expect(buffer.statistics.coalesced == 2)
    #expect(buffer.statistics.oldest == 10)
    #expect(board.gauge(.bufferCommands).current == 2)
    #expect(board.gauge(.bufferBytes).current == Int64(2 * SourceCommand.octets))
    var list = buffer.spare()
    let isTaken = buffer.take(&list)
    #expect(isTaken)
    #expect(list.sources.map(\.source) == [SourceAddress(ipv4: 2), SourceAddress(ipv4: 1)])
    #expect(list.sources[0].arrived == 8)
    #expect(list.sources[0].refused == 2)
    #expect(list.sources[0].first == 5)
    #expect(list.sources[0].last == 9)
    #expect(board.gauge(.bufferCommands).current == 0)
    #expect(board.gauge(.bufferBytes).current == 0)
    #expect(buffer.statistics.oldest == nil)
  }

  @Test("The last trap's OID is the one of whoever was heard last, though lanes tell out of turn")
  func newestOID() {
    var early = Self.command(1, 1, at: 5)
    early.trapOID = PackedOID(count: 2) { _ in 1 }
    var late = Self.command(1, 1, at: 9)
    late.trapOID = PackedOID(count: 3) { _ in 1 }
    var sum = late
    sum.add(early)
    #expect(sum.trapOID.arcs == [1, 1, 1])
    sum = early
    sum.add(late)
    #expect(sum.trapOID.arcs == [1, 1, 1])
    sum.add(Self.command(1, 1, at: 12))
    #expect(sum.trapOID.arcs == [1, 1, 1])
  }

  @Test("What finds no room stays its producer's, what joins always finds room, and none is dropped")
  func full() {
    let buffer = InterprocessBuffer(bound: 0, board: GaugeBoard())
    let capacity = buffer.capacity
    let all = (0..<UInt32(capacity + 5)).map { Self.command($0, 1) }
    #expect(buffer.append(all, now: 1) == capacity)
    #expect(buffer.append(all, from: capacity, now: 1) == capacity)
    #expect(buffer.append([Self.command(0, 1)], now: 1) == 1)
    #expect(buffer.statistics.commands == capacity)
    #expect(buffer.statistics.dropped == 0)
    #expect(buffer.statistics.returned == 10)
    #expect(Self.sums(buffer).arrived == UInt64(capacity + 1))
    #expect(buffer.append(all, from: capacity, now: 1) == all.count)
    #expect(Self.sums(buffer).arrived == 5)
  }

  @Test("The consumer is woken where half of the room is taken, and not before")
  func highWater() {
    let wakes = Atomic<Int>(0)
    let buffer = InterprocessBuffer(bound: 0, board: GaugeBoard()) { wakes.add(1, ordering: .relaxed) }
    let half = UInt32(buffer.capacity / 2)
    for source in 0..<half - 1 { _ = buffer.append([Self.command(source, 1)], now: 1) }
    #expect(wakes.load(ordering: .relaxed) == 0)
    _ = buffer.append([Self.command(half, 1)], now: 1)
    #expect(wakes.load(ordering: .relaxed) == 1)
  }

  @Test("Of an engine only what it is last said to be counts, and its names stay below their bound")
  func engines() {
    let buffer = InterprocessBuffer(bound: 1 << 20, board: GaugeBoard())
    buffer.append(EngineCommand("ä", .joined), now: 1)
    buffer.append(EngineCommand("b", .joined), now: 1)
    buffer.append(EngineCommand("ä", .left(hasLine: false)), now: 1)
    var list = buffer.spare()
    let isTaken = buffer.take(&list)
    #expect(isTaken)
    #expect(list.engines == [EngineCommand("ä", .left(hasLine: false)), EngineCommand("b", .joined)])
    let long = String(repeating: "x", count: 1_000)
    for number in 0..<100 { buffer.append(EngineCommand("\(number)\(long)", .joined), now: 1) }
    #expect(buffer.statistics.dropped > 0)
    #expect(buffer.statistics.octets <= InterprocessBuffer.enginesBound)
    #expect(buffer.statistics.dropped + UInt64(buffer.statistics.commands) == 100)
  }

  @Test(
    "Producers at full speed while the consumer sleeps: the buffer keeps its bound, nothing is dropped, sums are exact")
  func sleepingConsumer() throws {
    let buffer = InterprocessBuffer(bound: 200_000, board: GaugeBoard())
    try Self.produce(into: buffer, threads: 4, each: 100_000, sources: 3 * UInt32(buffer.capacity))
    #expect(buffer.statistics.commands == buffer.capacity)
    #expect(buffer.statistics.octets <= buffer.statistics.bound)
    #expect(buffer.pinnedOctets <= 200_000)
    #expect(buffer.statistics.dropped == 0)
    #expect(buffer.unattributed.arrived > 0)
    #expect(Self.sums(buffer).arrived + buffer.unattributed.arrived == 400_000)
  }

  @Test("Several producers and a consumer at work: sums are exact")
  func threaded() throws {
    let buffer = InterprocessBuffer(bound: 200_000, board: GaugeBoard())
    let taken = Atomic<UInt64>(0)
    let isOver = Atomic<Bool>(false)
    let consumer = try StageThread(name: "consumer") {
      while !isOver.load(ordering: .acquiring) { taken.add(Self.sums(buffer).arrived, ordering: .relaxed) }
    }
    try Self.produce(into: buffer, threads: 3, each: 100_000, sources: 5_000)
    isOver.store(true, ordering: .releasing)
    consumer.join()
    taken.add(Self.sums(buffer).arrived, ordering: .relaxed)
    #expect(taken.load(ordering: .relaxed) + buffer.unattributed.arrived == 300_000)
    #expect(buffer.statistics.commands == 0)
  }

  private static func produce(
    into buffer: InterprocessBuffer, threads: Int, each: Int, sources: UInt32
  ) throws {
    let running = try (0..<threads).map { number in
      try StageThread(name: "producer \(number)") {
        var random = SeededNumbers(seed: UInt64(number))
        var tallies = SourceTallies(buffer: buffer, capacity: 64)
        for trap in 0..<each {
          let source = SourceAddress(ipv4: UInt32(random.next() % UInt64(sources)))
          tallies.add(source, arrived: 1, refused: 0, received: Int64(trap), now: 1)
          if trap % 50 == 0 { tallies.flush(now: 1) }
        }
        tallies.flush(now: 1)
        tallies.giveUp()
      }
    }
    for thread in running { thread.join() }
  }
}
