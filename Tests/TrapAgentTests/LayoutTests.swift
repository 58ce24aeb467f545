import Synchronization
import Testing
import TrapBatching
import TrapLedger
import TrapObservation

@testable import TrapAgent

@Suite("Where objects stand")
struct LayoutTests {
  let state: AgentState
  let sources: SampleSources

  init() throws {
    let ledger = try SampleLedger.make()
    let sources = SampleSources(count: 120)
    self.sources = sources
    state = AgentState(
      base: ObjectName("1.3.6.1.4.1.1")!, snapshots: { SampleLedger.snapshot(ledger) }, sources: sources)
  }

  private func next(_ arcs: [UInt], inclusive: Bool = false, version1: Bool = false) -> [UInt]? {
    let hit = TraplineMIB.layout.next(
      after: ObjectPosition(arcs.span, below: 0), inclusive: inclusive, version1: version1, in: state.moment)
    var name: [UInt] = []
    hit?.append(to: &name)
    return hit == nil ? nil : name
  }

  private func value(_ arcs: [UInt]) -> ObjectTable.Lookup {
    TraplineMIB.layout.value(at: ObjectPosition(arcs.span, below: 0), in: state.moment)
  }

  @Test("version 1 is led past Counter64 objects, a table of any size among them, in one step")
  func version1() {
    #expect(next([1, 1, 2, 0]) == [1, 2, 1, 0])
    #expect(next([1, 1, 2, 0], version1: true) == [1, 3, 1, 0])
    #expect(next([1, 1, 2, 0], inclusive: true, version1: true) == [1, 1, 2, 0])
    #expect(next([1, 9, 3, 1, 5, 150], version1: true) == [1, 9, 3, 1, 8, 1])
    #expect(next([1, 9, 3, 1, 6, 1], version1: true) == [1, 9, 3, 1, 8, 1])
  }

  @Test("a walk goes from row to row, over indices that are missing, and from column to column")
  func sourceWalk() {
    #expect(next([1, 9, 3]) == [1, 9, 3, 1, 2, 1])
    #expect(next([1, 9, 3, 1]) == [1, 9, 3, 1, 2, 1])
    #expect(next([1, 9, 3, 1, 0, 99]) == [1, 9, 3, 1, 2, 1])
    #expect(next([1, 9, 3, 1, 2, 49]) == [1, 9, 3, 1, 2, 51])
    #expect(next([1, 9, 3, 1, 2, 50], inclusive: true) == [1, 9, 3, 1, 2, 51])
    #expect(next([1, 9, 3, 1, 2, 51], inclusive: true) == [1, 9, 3, 1, 2, 51])
    #expect(next([1, 9, 3, 1, 2, 51, 0]) == [1, 9, 3, 1, 2, 52])
    #expect(next([1, 9, 3, 1, 2, 121]) == [1, 9, 3, 1, 3, 1])
    #expect(next([1, 9, 3, 1, 2, 4_294_967_295]) == [1, 9, 3, 1, 3, 1])
    #expect(next([1, 9, 3, 1, 9, 121]) == [1, 9, 4, 0])
    #expect(next([1, 70_000, 1]) == nil)
  }

  @Test("a table with two arcs of an index is walked in the order of both")
  func pairs() {
    #expect(next([1, 7, 2, 1, 2]) == [1, 7, 2, 1, 2, 1, 64])
    #expect(next([1, 7, 2, 1, 2, 1]) == [1, 7, 2, 1, 2, 1, 64])
    #expect(next([1, 7, 2, 1, 2, 1, 68]) == [1, 7, 2, 1, 2, 3, 64])
    #expect(next([1, 7, 2, 1, 2, 3, 68]) == [1, 8, 1, 1, 2, 1])
    #expect(next([1, 7, 2, 1, 2, 3, 4_294_967_295]) == [1, 8, 1, 1, 2, 1])
    #expect(value([1, 7, 2, 1, 2, 1, 65]) == .found(.counter64(12)))
    #expect(value([1, 7, 2, 1, 2, 1]) == .noSuchInstance)
  }

  @Test("a cell that its row does not have is passed over, and is no instance")
  func missingCells() {
    // The event queue counts neither traps nor what it refused.
    #expect(value([1, 6, 1, 1, 6, 2]) == .noSuchInstance)
    #expect(next([1, 6, 1, 1, 6, 1]) == [1, 6, 1, 1, 7, 1])
    #expect(next([1, 6, 1, 1, 7, 1]) == [1, 7, 1, 1, 2, 1])
  }

  @Test("what is missing is an instance where the object is there, and an object where it is not")
  func missing() {
    for arcs: [UInt] in [
      [1, 2, 1], [1, 2, 1, 1], [1, 2, 1, 0, 0], [1, 9, 3, 1, 6, 50], [1, 9, 3, 1, 6], [1, 9, 3, 1, 6, 1, 1],
    ] {
      #expect(value(arcs) == .noSuchInstance, "\(arcs)")
    }
    for arcs: [UInt] in [
      [], [1], [1, 2], [1, 2, 99, 0], [1, 9, 3], [1, 9, 3, 1], [1, 9, 3, 1, 1, 1], [1, 9, 3, 1, 77, 1], [2, 1, 0],
    ] {
      #expect(value(arcs) == .noSuchObject, "\(arcs)")
    }
  }

  @Test("one request applies what waits once, before it looks, and fetches the rows that it asks for together")
  func drainsOnce() {
    sources.state.withLock { $0.waiting = [SampleSources.row(500)] }
    state.sources.beginRequest(rowsAhead: 50)
    #expect(next([1, 9, 3, 1, 6, 121]) == [1, 9, 3, 1, 6, 500])
    for index in 1...49 as ClosedRange<UInt> { #expect(next([1, 9, 3, 1, 6, index - 1])?.last == index) }
    #expect(value([1, 9, 1, 0]) == .found(.gauge32(121)))
    #expect(sources.state.withLock { $0.drains } == 1)
    state.sources.beginRequest(rowsAhead: 1)
    _ = next([1, 9, 3, 1, 6, 3])
    #expect(sources.state.withLock { $0.drains } == 2)
  }

  @Test("the window of rows answers every question as the table itself would", arguments: [1, 2, 7, 256])
  func window(rowsAhead: Int) {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<40 {
      state.sources.beginRequest(rowsAhead: rowsAhead)
      for _ in 0..<30 {
        let index = UInt32.random(in: 0...130, using: &generator)
        #expect(
          state.sources.row(from: index)?.index == sources.rows(after: index == 0 ? 0 : index - 1, most: 1).first?.index
        )
        #expect(state.sources.row(index)?.index == (index == 0 ? nil : sources.row(index)?.index))
      }
    }
  }

  @Test("indices of names are kept, given once, and forgotten only where there are too many names")
  func nameIndices() {
    var indices = NameIndices()
    #expect(indices.rows(of: ["b", "a"], named: { $0 }).map(\.key) == [1, 2])
    #expect(indices.rows(of: ["c", "a"], named: { $0 }).map(\.row) == ["a", "c"])
    #expect(indices.rows(of: ["b"], named: { $0 }).map(\.key) == [1])
    for number in 0..<NameIndices.namesMax { _ = indices.rows(of: ["\(number)"], named: { $0 }) }
    #expect(indices.rows(of: ["b"], named: { $0 }).first?.key ?? 0 > 4096, "no other gets the 1")
  }
}
