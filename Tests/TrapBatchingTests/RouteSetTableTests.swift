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
