import Testing

@testable import TrapLedger

@Suite("Lines of engines that come and go")
struct DepartedEngineTests {
  @Test("A thousand engines in turn fit 256 places, and every count stays in the sum")
  func thousandEngines() throws {
    let ledger = try Ledger.open(directory: nil, now: 0, processID: 1)
    for number in 1...1000 {
      let line = try ledger.engine("tail-of-\(number % 2 == 0 ? "somebody-" : "")\(number)")
      line.addRouted(UInt64(number))
      line.addDelivered(UInt64(number - 1))
      line.addMissed(1, .engineRemoved)
      ledger.release(engine: line.name)
    }
    let balance = LedgerBalance(ledger)
    #expect(balance.routed == 500_500 && balance.delivered == 499_500 && balance.missed == 1000)
    #expect(balance.queued == 0)
    #expect(ledger.engines.count == 256)
    #expect(ledger.engines.contains { $0.name == Ledger.departedName })
  }

  @Test("The engine gone longest gives up its place; one that came back, or is still there, keeps its own")
  func longestGone() throws {
    let ledger = try Ledger.open(directory: nil, now: 0, processID: 1)
    for number in 0..<255 { try ledger.engine("e\(number)").addRouted(1) }
    #expect(throws: LedgerError.self) { try ledger.engine("one-too-many") }
    for number in [7, 9, 11] { ledger.release(engine: "e\(number)") }
    #expect(try ledger.engine("e7").routed == 1)
    #expect(try ledger.engine("newcomer").routed == 0)
    let names = ledger.engines.map(\.name)
    #expect(names.contains("e7") && !names.contains("e9") && names.contains("e11"))
    #expect(ledger.engines.first { $0.name == Ledger.departedName }?.routed == 1)
  }

  @Test("A shorter name leaves nothing of the longer one in the file")
  func shorterName() throws {
    let directory = try TemporaryDirectory()
    let ledger = try Ledger.open(directory: directory.path, now: 0, processID: 1)
    for number in 0..<255 { _ = try ledger.engine("a-long-name-\(number)") }
    ledger.release(engine: "a-long-name-0")
    _ = try ledger.engine("b")
    #expect(try Ledger.read(directory: directory.path).engines.map(\.name).first == "b")
  }
}
