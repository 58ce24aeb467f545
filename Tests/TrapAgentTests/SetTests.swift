import Synchronization
import Testing
import TrapBatching
import TrapLedger
import TrapObservation

@testable import TrapAgent

@Suite("Rows that managers make")
struct SetTests {
  let state: AgentState
  let ledger: Ledger
  let sources = SampleSources(count: 3)

  init() throws {
    let ledger = try SampleLedger.make()
    self.ledger = ledger
    state = AgentState(
      base: ObjectName("1.3.6.1.4.1.1")!, snapshots: { SampleLedger.snapshot(ledger) }, sources: sources,
      wallClock: { 1_764_503_661_200_000_000 })
    state.beginTurn(now: 1000)
  }

  private func binding(_ arcs: [UInt], _ value: WrittenValue) -> SetBinding {
    SetBinding(position: ObjectPosition(arcs.span, below: 0), value: value)
  }

  /// The whole of a SET; nil: it was done.
  @discardableResult
  private func set(_ bindings: [SetBinding]) -> SetRefusal? {
    for (index, binding) in bindings.enumerated() {
      if let error = SetRules.refusal(of: binding) { return SetRefusal(index: index, error: error) }
    }
    switch SetPlan.change(for: bindings, in: state) {
    case .failure(let refusal): return refusal
    case .success(var change):
      change.apply(to: state)
      return nil
    }
  }

  private func lookup(_ column: UInt, _ index: UInt, _ value: WrittenValue) -> SetBinding {
    binding([1, 9, 5, 1, column, index], value)
  }

  private func delta(_ column: UInt, _ index: UInt, _ value: WrittenValue) -> SetBinding {
    binding([1, 12, 2, 1, column, index], value)
  }

  private func lookUp(_ address: [UInt8], at index: UInt) -> SetRefusal? {
    set([lookup(3, index, .octets(address)), lookup(5, index, .integer(4))])
  }

  private func watch(_ arcs: [UInt], at index: UInt) -> SetRefusal? {
    set([delta(2, index, .name(state.base.arcs + arcs)), delta(6, index, .integer(4))])
  }

  private func value(_ arcs: [UInt]) -> ObjectTable.Lookup {
    TraplineMIB.layout.value(at: ObjectPosition(arcs.span, below: 0), in: state.moment)
  }

  @Test("a source is found by its address, and one that is not there is not")
  func lookups() {
    #expect(value([1, 9, 4, 0]) == .found(.gauge32(1)))
    #expect(value([1, 9, 4, 0]) == .found(.gauge32(2)))
    #expect(lookUp([10, 0, 0, 2], at: 1) == nil)
    #expect(lookUp([10, 9, 9, 9], at: 2) == nil)
    #expect(value([1, 9, 5, 1, 4, 1]) == .found(.gauge32(2)))
    #expect(value([1, 9, 5, 1, 5, 1]) == .found(.integer(1)))
    #expect(value([1, 9, 5, 1, 4, 2]) == .found(.gauge32(0)))
    #expect(value([1, 9, 5, 1, 5, 2]) == .found(.integer(2)))
    #expect(value([1, 9, 5, 1, 3, 1]) == .found(.address(SourceAddress(ipv4: 0x0a00_0002))))
    #expect(set([lookup(5, 2, .integer(1))]) == SetRefusal(index: 0, error: .inconsistentValue))
    sources.state.withLock { state in
      state.waiting = [SourceRow(index: 9, address: SourceAddress(ipv4: 0x0a09_0909), seen: 1)]
    }
    state.sources.beginRequest(rowsAhead: 1)
    #expect(set([lookup(5, 2, .integer(1))]) == nil, "what waits is applied before it is looked up")
    #expect(value([1, 9, 5, 1, 4, 2]) == .found(.gauge32(9)))
    #expect(set([lookup(5, 1, .integer(6)), lookup(5, 77, .integer(6))]) == nil)
    #expect(state.lookups.rows.map(\.key) == [2])
  }

  @Test("IPv6 is looked up in 16 octets, and a mapped address is the IPv4 one")
  func families() {
    for _ in 0..<2 { _ = state.lookups.issueIndex() }
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 3]
    #expect(
      set([lookup(2, 1, .integer(2)), lookup(3, 1, .octets(mapped)), lookup(5, 1, .integer(4))]) == nil)
    #expect(state.lookups[1]?.source == 3)
    #expect(
      set([lookup(2, 2, .integer(2)), lookup(3, 2, .octets([10, 0, 0, 3])), lookup(5, 2, .integer(4))])
        == SetRefusal(index: 1, error: .inconsistentValue))
  }

  @Test("what is wrong by itself is refused as RFC 3416 wants it")
  func rules() {
    _ = state.lookups.issueIndex()
    let cases: [(SetBinding, SetError)] = [
      (binding([1, 3, 2, 0], .integer(5)), .notWritable),
      (binding([1, 9, 3, 1, 6, 1], .integer(5)), .notWritable),
      (lookup(4, 1, .integer(5)), .notWritable),
      (binding([1, 9, 9, 9], .integer(5)), .notWritable),
      (lookup(5, 1, .octets([4])), .wrongType),
      (lookup(3, 1, .integer(4)), .wrongType),
      (delta(2, 1, .octets([1])), .wrongType),
      (delta(2, 1, .other), .wrongType),
      (lookup(3, 1, .octets([1, 2, 3])), .wrongLength),
      (lookup(3, 1, .octets([])), .wrongLength),
      (lookup(2, 1, .integer(16)), .wrongValue),
      (lookup(5, 1, .integer(5)), .wrongValue),
      (lookup(5, 1, .integer(2)), .wrongValue),
      (lookup(5, 1, .integer(4_294_967_300)), .wrongValue),
      (delta(6, 1, .integer(1)), .wrongValue),
      (binding([1, 9, 5, 1, 5], .integer(4)), .noCreation),
      (binding([1, 9, 5, 1, 5, 0], .integer(4)), .noCreation),
      (binding([1, 9, 5, 1, 5, 1, 1], .integer(4)), .noCreation),
    ]
    for (binding, error) in cases { #expect(set([binding])?.error == error, "\(binding)") }
    #expect(state.lookups.rows.isEmpty && state.deltas.rows.isEmpty)
  }

  @Test("what is wrong of a row is refused, and names the binding to blame")
  func rows() {
    for _ in 0..<3 { _ = state.lookups.issueIndex() }
    #expect(lookUp([10, 0, 0, 2], at: 4) == SetRefusal(index: 1, error: .inconsistentName), "never issued")
    #expect(set([lookup(5, 1, .integer(4))]) == SetRefusal(index: 0, error: .inconsistentValue), "no address")
    #expect(set([lookup(3, 1, .octets([10, 0, 0, 1]))]) == SetRefusal(index: 0, error: .inconsistentName))
    #expect(lookUp([10, 0, 0, 2], at: 1) == nil)
    #expect(lookUp([10, 0, 0, 1], at: 1) == SetRefusal(index: 1, error: .inconsistentValue), "it is there")
    #expect(set([lookup(3, 1, .octets([10, 0, 0, 1]))]) == SetRefusal(index: 0, error: .inconsistentValue))
    #expect(set([lookup(5, 2, .integer(1))]) == SetRefusal(index: 0, error: .inconsistentValue), "nothing to look for")
    // One bad row, and nothing of the SET is done.
    let both = [
      lookup(3, 2, .octets([10, 0, 0, 1])), lookup(5, 2, .integer(4)), lookup(5, 3, .integer(4)),
    ]
    #expect(set(both) == SetRefusal(index: 2, error: .inconsistentValue))
    #expect(state.lookups.rows.map(\.key) == [1])
  }

  @Test("a change that is taken back leaves the rows as they were")
  func undo() throws {
    for _ in 0..<3 { _ = state.lookups.issueIndex() }
    _ = state.deltas.issueIndex()
    #expect(lookUp([10, 0, 0, 2], at: 1) == nil)
    let former = state.lookups[1]
    let bindings = [
      lookup(5, 1, .integer(6)), lookup(3, 2, .octets([10, 0, 0, 1])), lookup(5, 2, .integer(4)),
      delta(2, 1, .name(state.base.arcs + [1, 2, 1, 0])), delta(6, 1, .integer(4)),
    ]
    var change = try SetPlan.change(for: bindings, in: state).get()
    change.apply(to: state)
    #expect(state.lookups.rows.map(\.key) == [2] && state.deltas.rows.count == 1)
    change.undo(in: state)
    #expect(state.lookups.rows.map(\.key) == [1] && state.lookups[1] == former && state.deltas.rows.isEmpty)
  }

  @Test("look-ups are bounded in number, refused beyond, counted, and reaped by age")
  func lookupBound() {
    for _ in 0...SourceLookup.rowsMax { _ = state.lookups.issueIndex() }
    for index in 1...UInt(SourceLookup.rowsMax) { #expect(lookUp([10, 0, 0, 1], at: index) == nil) }
    let more = UInt(SourceLookup.rowsMax + 1)
    #expect(lookUp([10, 0, 0, 1], at: more) == SetRefusal(index: 1, error: .resourceUnavailable))
    #expect(value([1, 9, 7, 0]) == .found(.counter64(1)))
    state.beginTurn(now: 1000 + SourceLookup.lifetime - 1)
    #expect(state.lookups.rows.count == SourceLookup.rowsMax)
    state.beginTurn(now: 1000 + SourceLookup.lifetime)
    #expect(state.lookups.rows.isEmpty)
    #expect(value([1, 9, 6, 0]) == .found(.counter64(UInt64(SourceLookup.rowsMax))))
    #expect(lookUp([10, 0, 0, 1], at: more) == nil)
  }

  @Test("two rows of one SET do not both take the last place")
  func lastPlace() {
    for _ in 0...SourceLookup.rowsMax { _ = state.lookups.issueIndex() }
    for index in 1..<UInt(SourceLookup.rowsMax) { #expect(lookUp([10, 0, 0, 1], at: index) == nil) }
    let last = UInt(SourceLookup.rowsMax)
    let two = [last, last + 1].flatMap { index in
      [lookup(3, index, .octets([10, 0, 0, 1])), lookup(5, index, .integer(4))]
    }
    #expect(set(two) == SetRefusal(index: 3, error: .resourceUnavailable))
  }

  @Test("an index is given to nobody twice, and past those in use after the last one")
  func issuing() {
    var issuer = IndexIssuer(after: 4_294_967_293)
    #expect(issuer.issue { _ in false } == 4_294_967_294)
    #expect(!issuer.hasIssued(4_294_967_295) && !issuer.hasIssued(0))
    #expect(issuer.issue { _ in false } == 4_294_967_295)
    #expect(issuer.issue { $0 < 4 } == 4)
    #expect(issuer.hasIssued(4_000_000_000), "long ago")
  }

  @Test("each manager reads a counter since its own baseline")
  func deltas() throws {
    for _ in 0..<2 { _ = state.deltas.issueIndex() }
    let main = try ledger.listener("main")
    #expect(watch([1, 5, 1, 1, 3, 1], at: 1) == nil)
    main.addArrived(10)
    state.beginTurn(now: 2000)
    #expect(watch([1, 5, 1, 1, 3, 1], at: 2) == nil)
    main.addArrived(5)
    state.beginTurn(now: 3000)
    #expect(value([1, 12, 2, 1, 3, 1]) == .found(.counter64(15)))
    #expect(value([1, 12, 2, 1, 3, 2]) == .found(.counter64(5)))
    #expect(value([1, 12, 2, 1, 3, 1]) == .found(.counter64(15)), "reading resets nothing")
    #expect(value([1, 12, 2, 1, 2, 1]) == .found(.name([1, 3, 6, 1, 4, 1, 1, 1, 5, 1, 1, 3, 1])))
    #expect(value([1, 12, 2, 1, 4, 1]) == .found(.date(1_764_503_661_200_000_000)))
    #expect(value([1, 12, 2, 1, 6, 1]) == .found(.integer(1)))
  }

  @Test("a delta read through a walk's older moment is not taken for a discontinuity")
  func deltaInAWalk() throws {
    _ = state.deltas.issueIndex()
    #expect(watch([1, 2, 1, 0], at: 1) == nil)
    let pinned = state.moment
    _ = pinned.snapshot
    try ledger.listener("main").addArrived(10)
    state.beginTurn(now: 2000)
    #expect(value([1, 12, 2, 1, 3, 1]) == .found(.counter64(10)))
    let position = ObjectPosition(([1, 12, 2, 1, 3, 1] as [UInt]).span, below: 0)
    #expect(TraplineMIB.layout.value(at: position, in: pinned) == .found(.counter64(10)))
    #expect(state.deltas[1]?.discontinuities == 0)
  }

  @Test("only a counter of ours that is there can be watched; one that goes leaves a row without a value")
  func deltaVariables() {
    for _ in 0..<2 { _ = state.deltas.issueIndex() }
    let wrong: [[UInt]] = [
      [1, 3, 2, 0], [1, 2, 1], [1, 9, 3, 1, 9, 1], [1, 9, 3, 1, 6], [1, 12, 2, 1, 3, 1], [1, 1, 1, 0],
    ]
    for arcs in wrong { #expect(watch(arcs, at: 1) == SetRefusal(index: 0, error: .wrongValue), "\(arcs)") }
    #expect(
      set([delta(2, 1, .name([1, 3, 6, 1, 2, 1, 1, 3, 0])), delta(6, 1, .integer(4))])
        == SetRefusal(index: 0, error: .wrongValue))
    #expect(watch([1, 9, 3, 1, 6, 99], at: 1) == SetRefusal(index: 0, error: .inconsistentValue))
    #expect(watch([1, 9, 3, 1, 6, 2], at: 1) == nil)
    sources.state.withLock { $0.rows = [] }
    #expect(value([1, 12, 2, 1, 3, 1]) == .noSuchInstance)
    #expect(value([1, 12, 2, 1, 6, 1]) == .found(.integer(2)))
  }

  @Test("a counter that began anew gives what it counted since, never a giant number")
  func discontinuity() {
    var row = DeltaRow(variable: [1], counter: 100, now: 1, wall: 10)
    #expect(row.value(counter: 130, now: 2, wall: 20) == 30)
    #expect(row.since == 10 && row.discontinuities == 0)
    // Above the baseline still, yet below what it was.
    #expect(row.value(counter: 120, now: 3, wall: 30) == 120)
    #expect(row.since == 30 && row.discontinuities == 1)
    #expect(row.value(counter: 125, now: 4, wall: 40) == 125)
    #expect(row.value(counter: 0, now: 5, wall: 50) == 0)
    #expect(row.discontinuities == 2 && row.touched == 5)
  }

  @Test("a delta that nobody reads goes after an hour, and one that is read stays")
  func deltaReaping() {
    for _ in 0..<2 { _ = state.deltas.issueIndex() }
    #expect(watch([1, 2, 1, 0], at: 1) == nil && watch([1, 2, 1, 0], at: 2) == nil)
    state.beginTurn(now: 500 + DeltaRow.lifetime)
    #expect(value([1, 12, 2, 1, 3, 2]) == .found(.counter64(0)))
    state.beginTurn(now: 1000 + DeltaRow.lifetime)
    #expect(state.deltas.rows.map(\.key) == [2])
    #expect(value([1, 12, 3, 0]) == .found(.counter64(1)))
  }

  @Test("deltas are bounded in number, refused beyond, and counted")
  func deltaBound() {
    for _ in 0...DeltaRow.rowsMax { _ = state.deltas.issueIndex() }
    for index in 1...UInt(DeltaRow.rowsMax) { #expect(watch([1, 2, 1, 0], at: index) == nil) }
    let more = UInt(DeltaRow.rowsMax + 1)
    #expect(watch([1, 2, 1, 0], at: more) == SetRefusal(index: 1, error: .resourceUnavailable))
    #expect(value([1, 12, 4, 0]) == .found(.counter64(1)))
  }
}
