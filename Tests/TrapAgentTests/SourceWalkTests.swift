import Synchronization
import Testing
import TrapLedger
import TrapObservation

@testable import TrapAgent

@Suite("A walk of the sources")
struct SourceWalkTests {
  /// Walks one column as GETBULK does, one request after another, with `change` between them.
  private func walk(
    _ sources: SampleSources, repetitions: Int, between change: (_ requests: Int) -> Void = { _ in }
  ) throws -> [UInt] {
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let state = AgentState(
      base: ObjectName("1.3.6.1.4.1.1")!,
      snapshots: { StatisticsSnapshot(ledger: ledger, now: 1, version: "1") }, sources: sources)
    var name: [UInt] = [1, 9, 3, 1, 6]
    var met: [UInt] = []
    var requests = 0
    while true {
      state.beginTurn(now: UInt64(requests))
      state.sources.beginRequest(rowsAhead: repetitions)
      for _ in 0..<repetitions {
        let position = ObjectPosition(name.span, below: 0)
        guard
          let hit = TraplineMIB.layout.next(after: position, inclusive: false, version1: false, in: state.moment),
          hit.cell?.column == 6
        else { return met }
        name = []
        hit.append(to: &name)
        #expect(hit.value == .counter64(UInt64(name[5]) * 3 + 5_000_000_000))
        met.append(name[5])
      }
      requests += 1
      change(requests)
    }
  }

  @Test("meets every row once, in the order of the indices", arguments: [1, 10, 100, 1000])
  func atRest(repetitions: Int) throws {
    let sources = SampleSources(count: 3000)
    #expect(try walk(sources, repetitions: repetitions) == sources.rows(after: 0, most: 3000).map { UInt($0.index) })
  }

  @Test("meets no row twice and every one that lives through it, while sources come and go", arguments: [1, 7, 64])
  func whileSourcesComeAndGo(repetitions: Int) throws {
    let sources = SampleSources(count: 600)
    var generator = SplitMix64(seed: 11)
    var dead: Set<UInt> = []
    var last: UInt32 = 700
    let before = Set(sources.rows(after: 0, most: 600).map { UInt($0.index) })
    let met = try walk(sources, repetitions: repetitions) { _ in
      sources.state.withLock { state in
        if state.rows.count > 300 {
          dead.insert(UInt(state.rows.remove(at: Int.random(in: 0..<state.rows.count, using: &generator)).index))
        }
        if last < 800 {
          last += 1
          state.waiting.append(SampleSources.row(last))
        }
      }
    }
    #expect(met == met.sorted() && Set(met).count == met.count)
    #expect(before.subtracting(dead).subtracting(met).isEmpty)
    #expect(sources.state.withLock { $0.drains } >= met.count / repetitions)
  }
}
