internal import Foundation
internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Dead letters")
struct DeadLetterTests {
  private func letter(
    _ sequence: UInt64, engine: String = "a", octets: Int = 300,
    attributes: [TrapAttribute] = [TrapAttribute(name: "site", value: "LHR2")],
    findings: TrapFindings = TrapFindings()
  ) -> DeadLetter {
    let routeSets = RouteSetTable()
    let route = routeSets.number(of: RouteSet(engines: [engine], attributes: attributes))
    let facts = ArrivalFacts(
      received: 1_795_231_211_000_456_789, source: SourceAddress("192.0.2.7")!, port: 50_211, listener: 0)
    let batch = DeliveryBatch.assembled(
      id: BatchID(boot: 1, counter: 1), engine: engine, listeners: ["main"], routeSets: routeSets,
      traps: [(sequence, facts, route, [UInt8](repeating: 0xfe, count: octets))], findings: [findings])
    var made: DeadLetter?
    batch.forEachTrap { trap, octets in
      made = DeadLetter(
        trap, octets, listener: batch.listenerName(trap), engine: engine, reason: "HTTP 400 \"no\"\n",
        attributes: batch.attributes(of: trap))
    }
    return made!
  }

  @Test("What is written is read back whole")
  func roundTrip() throws {
    let directory = try TemporaryDirectory()
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let letters = DeadLetters(directory: directory.path, bound: 1 << 20, ledger: ledger)
    letters.put(letter(7))
    letters.put(letter(8, engine: "../b c"))
    #expect(letters.letters(of: "a").isEmpty, "nothing is written on the caller's thread")
    letters.writePending()
    #expect(letters.letters(of: "a") == [letter(7)])
    #expect(letters.letters(of: "../b c") == [letter(8, engine: "../b c")])
    #expect(letters.counts.written == 2 && ledger[.deadLetterOctets] > 600)
    #expect(letter(7).source == "192.0.2.7" && letter(7).attributes == ["site": "LHR2"])
    #expect(letter(7).octets == [UInt8](repeating: 0xfe, count: 300))
  }

  @Test("A line is the documented object; without attributes it has no such member")
  func line() throws {
    let directory = try TemporaryDirectory()
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let letters = DeadLetters(directory: directory.path, bound: 1 << 20, ledger: ledger)
    letters.put(letter(7, octets: 3))
    letters.put(letter(8, octets: 3, attributes: []))
    let findings = TrapFindings(marks: [.verified, .decrypted], agent: SourceAddress("2001:db8::1")!)
    letters.put(letter(9, octets: 3, attributes: [], findings: findings))
    letters.writePending()
    let text = try String(contentsOfFile: directory.path + "/a.ndjson", encoding: .utf8)
    let rest = #""listener":"main","port":50211,"raw":"/v7+","reason":"HTTP 400 \"no\"\n","#
    let received = #""received":"2026-11-21T03:20:11.000456Z""#
    #expect(
      text == """
        {"agent":"192.0.2.7","attributes":{"site":"LHR2"},"engine":"a",\(rest)\(received),"sequence":7,"source":"192.0.2.7"}
        {"agent":"192.0.2.7","engine":"a",\(rest)\(received),"sequence":8,"source":"192.0.2.7"}
        {"agent":"2001:db8::1","decrypted":true,"engine":"a",\(rest)\(received),"sequence":9,"source":"192.0.2.7","verified":true}

        """)
  }

  @Test("A letter of before the agent was kept is read as ever")
  func former() throws {
    let directory = try TemporaryDirectory()
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let line =
      #"{"engine":"a","listener":"main","port":50211,"raw":"/v7+","reason":"no","received":"2026-11-21T03:20:11.000456Z","#
      + #""sequence":7,"source":"192.0.2.7"}"# + "\n"
    try line.write(toFile: directory.path + "/a.ndjson", atomically: true, encoding: .utf8)
    let letters = DeadLetters(directory: directory.path, bound: 1 << 20, ledger: ledger).letters(of: "a")
    #expect(letters.count == 1 && letters.first?.agent == nil && letters.first?.verified == nil)
    #expect(letters.first?.octets == [0xfe, 0xfe, 0xfe])
  }

  @Test("At the bound the oldest letters go, and the files stay within it")
  func rotation() throws {
    let directory = try TemporaryDirectory()
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let letters = DeadLetters(directory: directory.path, bound: 10_000, ledger: ledger)
    for sequence in UInt64(1)...100 { letters.put(letter(sequence)) }
    letters.writePending()
    let kept = letters.letters(of: "a").map { $0.sequence }
    #expect(kept.last == 100 && kept.count >= 7 && kept == Array((101 - UInt64(kept.count))...100))
    #expect(ledger[.deadLetterOctets] <= 10_000)
  }

  @Test("A letter that cannot be kept is counted and told")
  func failure() throws {
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let notices = DispatchBench.Notices()
    let letters = DeadLetters(directory: "/dev/null/letters", bound: 1 << 20, ledger: ledger) { notices.add($0) }
    letters.put(letter(1))
    letters.writePending()
    #expect(letters.counts.failed == 1 && letters.counts.written == 0)
    #expect(notices.all.count == 1)
  }
}
