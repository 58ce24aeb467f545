internal import Testing
internal import TrapBatching

@Suite("Route sets")
struct RouteSetTableTests {
  @Test("Equal route sets have one number, whatever the order and repetition of their engines")
  func equalSets() {
    let table = RouteSetTable()
    let first = table.number(of: RouteSet(engines: ["b", "a", "b"]))
    #expect(table.number(of: RouteSet(engines: ["a", "b"])) == first)
    #expect(table.count == 1 && table.routeSet(first).engines == ["a", "b"])
  }

  @Test("Another engine, attribute, value or order of attributes is another number, and none is the number of no route")
  func distinctSets() {
    let table = RouteSetTable()
    let site = TrapAttribute(name: "site", value: "LHR2")
    let rack = TrapAttribute(name: "rack", value: "7")
    let sets = [
      RouteSet(engines: ["a"]), RouteSet(engines: ["b"]), RouteSet(engines: ["a", "b"]),
      RouteSet(engines: ["a"], attributes: [site]), RouteSet(engines: ["a"], attributes: [site, rack]),
      RouteSet(engines: ["a"], attributes: [rack, site]),
      RouteSet(engines: ["a"], attributes: [TrapAttribute(name: "site", value: "LHR3")]),
    ]
    let numbers = sets.map(table.number(of:))
    #expect(Set(numbers).count == sets.count && !numbers.contains(.none))
    #expect(numbers.map(table.routeSet) == sets)
    #expect(sets.map(table.number(of:)) == numbers && table.count == sets.count)
  }

  @Test("A number that was never given out stops the process")
  func unknownNumber() async {
    await #expect(processExitsWith: .failure) { _ = RouteSetTable().routeSet(.none) }
    await #expect(processExitsWith: .failure) { _ = RouteSetTable().routeSet(RouteSetNumber(rawValue: 1)) }
  }

  @Test("A number stays in use while a handle is held, and after the last one until it is taken back")
  func recycling() {
    let table = RouteSetTable()
    let a = RouteSet(engines: ["a"])
    let kept = table.handle(of: RouteSet(engines: ["kept"]))
    var handles = [table.handle(of: a), table.handle(of: a)]
    #expect(handles[0] === handles[1] && table.reclaim().isEmpty)
    let number = handles[0].number
    handles = []
    #expect(table.routeSet(number) == a)
    let other = table.handle(of: RouteSet(engines: ["b"]))
    #expect(other.number != number)
    #expect(table.reclaim(atLeast: 2).isEmpty && table.reclaim() == [number] && table.reclaim().isEmpty)
    #expect(table.count == 2 && table.routeSet(kept.number).engines == ["kept"])
    let next = table.handle(of: RouteSet(engines: ["c"]))
    #expect(next.number == number && table.routeSet(number).engines == ["c"] && table.count == 3)
  }

  @Test("A route set that is asked for again before it is taken back keeps its number")
  func resurrection() {
    let table = RouteSetTable()
    let set = RouteSet(engines: ["a"])
    let number = table.handle(of: set).number
    let again = table.handle(of: set)
    #expect(again.number == number && table.reclaim().isEmpty && table.routeSet(number) == set)
    let count = table.reclaimCount
    var byNumber: RouteSetHandle? = table.handle(number)
    #expect(byNumber === again)
    byNumber = nil
    #expect(table.reclaimCount == count)
  }

  @Test("Bare numbers are for good, and thousands of route sets that come and go need no more places than live at once")
  func boundedByUse() {
    let table = RouteSetTable()
    let bare = table.number(of: RouteSet(engines: ["bare"]))
    var held: [RouteSetHandle] = []
    var highest: UInt32 = 0
    for round in 0..<10_000 {
      held.append(table.handle(of: RouteSet(engines: ["e"], attributes: [TrapAttribute(name: "n", value: "\(round)")])))
      highest = max(highest, held.last!.number.rawValue)
      if held.count == 10 {
        held.removeAll()
        table.reclaim()
      }
    }
    #expect(highest <= 11 && table.count <= 11 && table.routeSet(bare).engines == ["bare"])
  }

  @Test("A route set's octets are those of its names and attributes")
  func pinnedOctets() {
    let small = RouteSet(engines: ["a"])
    let value = String(repeating: "x", count: 10_000)
    let large = RouteSet(engines: ["a"], attributes: [TrapAttribute(name: "note", value: value)])
    #expect((10_000..<10_200).contains(large.pinnedOctets - small.pinnedOctets))
  }

  @Test("Bounds that add up to more than the memory limit stop the process at the start; at the limit they do not")
  func memoryBudget() async {
    let budget = MemoryBudget(limit: 100)
    let queue = budget.open("queue", bound: 60)
    let cache = budget.open("cache", bound: 40)
    queue.set(50)
    cache.set(7)
    queue.set(20)
    #expect(budget.used == 27 && queue.peak == 50 && budget.accounts.map(\.name) == ["queue", "cache"])
    await #expect(processExitsWith: .failure) {
      let budget = MemoryBudget(limit: 100)
      _ = budget.open("queue", bound: 60)
      _ = budget.open("cache", bound: 41)
    }
  }

  @Test("A loop's beat ages until the loop turns, and never runs backwards")
  func loopBeat() {
    let beat = LoopBeat(name: "lane 0", now: 100)
    #expect(beat.age(now: 350) == 250)
    beat.turn(now: 340)
    #expect(beat.age(now: 350) == 10 && beat.age(now: 330) == 0)
  }
}
