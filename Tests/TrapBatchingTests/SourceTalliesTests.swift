import Testing
import TrapBatching
import TrapLedger

@Suite("What a producer counts of sources")
struct SourceTalliesTests {
  private let first = SourceAddress(ipv4: 1)
  private let second = SourceAddress(ipv4: 2)

  @Test("Tallies that found no room in the buffer go on counting, where their owners find them")
  func keepsWhatFindsNoRoom() {
    let buffer = InterprocessBuffer(bound: 0, board: GaugeBoard())
    for source in 100..<UInt32(100 + buffer.capacity) {
      let other = SourceCommand(source: SourceAddress(ipv4: source), arrived: 1, refused: 0, received: 1)
      _ = buffer.append([other], now: 1)
    }
    var tallies = SourceTallies(buffer: buffer, capacity: 4)
    _ = tallies.open(SourceAddress(ipv4: 100), owner: 7, received: 1, now: 1)
    let place = tallies.open(first, owner: 8, received: 1, now: 1)
    #expect(place == 1)
    tallies.add(second, arrived: 1, refused: 1, received: 2, now: 2)
    let told = tallies.tell(now: 3)
    #expect(told == 1)
    let owners = (0..<3).map { tallies.owner(at: $0) }
    #expect(owners == [7, 8, -1])
    tallies.removeFirst(told, now: 3)
    tallies.add(at: 0, arrived: 1, last: 4)
    tallies.add(second, arrived: 2, refused: 0, received: 5, now: 5)
    let (count, due) = (tallies.count, tallies.due(after: 10))
    #expect(count == 2)
    #expect(due == 13)

    var list = buffer.spare()
    let isTaken = buffer.take(&list)
    #expect(isTaken)
    tallies.flush(now: 6)
    let isEmpty = tallies.isEmpty
    #expect(isEmpty)
    list.removeAll()
    let isTakenAgain = buffer.take(&list)
    #expect(isTakenAgain)
    #expect(list.sources.map(\.source) == [first, second])
    #expect(list.sources.map(\.arrived) == [2, 3])
    #expect(list.sources[1].refused == 1)
    #expect(buffer.unattributed.arrived == 0)
  }

  @Test("Where there is no room for another source its count is kept without a row")
  func unattributed() {
    let buffer = InterprocessBuffer(bound: 0, board: GaugeBoard())
    var tallies = SourceTallies(buffer: buffer, capacity: 1)
    tallies.add(first, arrived: 1, refused: 0, received: 1, now: 1)
    tallies.add(second, arrived: 2, refused: 1, received: 1, now: 1)
    let place = tallies.open(second, owner: 3, received: 1, now: 1)
    #expect(place == nil)
    #expect(buffer.unattributed == (3, 1))
    tallies.giveUp()
    #expect(buffer.unattributed == (4, 1))
    let isEmpty = tallies.isEmpty
    #expect(isEmpty)
  }
}
