internal import Foundation
internal import Testing
internal import TrapLedger

@Suite("The ledger's file")
struct LedgerFileTests {
  @Test("A second opener is refused while the first lives, and told what to do")
  func secondOpener() throws {
    let directory = try TemporaryDirectory()
    let first = try Ledger.open(directory: directory.path, now: 1, processID: 10)
    let path = directory.path + "/ledger"
    #expect(throws: LedgerError.locked(path: path)) {
      try Ledger.open(directory: directory.path, now: 2, processID: 11)
    }
    #expect(LedgerError.locked(path: path).description.contains("another traplined"))
    #expect(first.boots == 1 && first.processID == 10, "the refused opener changed the ledger")
  }

  @Test("A reader needs no lock, sees each count as it is made, and keeps nobody out")
  func readerSeesCounts() throws {
    let directory = try TemporaryDirectory()
    let ledger = try Ledger.open(directory: directory.path, now: 77, processID: 10)
    let line = try ledger.listener("main")
    let engine = try ledger.engine("archive")
    let view = try Ledger.read(directory: directory.path)
    #expect(view.isOpen && view.boots == 1 && view.started == 77 && view.processID == 10)
    line.addArrived(5)
    line.addAccepted(5)
    engine.addRouted(4)
    ledger.set(.memoryUsed, 4096)
    #expect(view.listeners.map(\.name) == ["main"] && view.engines.map(\.name) == ["archive"])
    #expect(view.listeners[0].arrived == 5 && view.engines[0].routed == 4)
    #expect(view[.memoryUsed] == 4096)
    ledger.close(at: 80)
    #expect(!view.isOpen)
  }

  @Test("A reader cannot write: the pages say so")
  func readerCannotWrite() async throws {
    let directory = try TemporaryDirectory()
    _ = try Ledger.open(directory: directory.path, now: 1, processID: 10)
    await #expect(processExitsWith: .failure) { [path = directory.path as String] in
      try Ledger.read(directory: path).set(.memoryUsed, 1)
    }
  }

  @Test("A missing, short or foreign file is refused with its path")
  func unusable() throws {
    let directory = try TemporaryDirectory()
    #expect(throws: LedgerError.self) { try Ledger.read(directory: directory.path) }
    let path = directory.path + "/ledger"
    try Data("not a ledger".utf8).write(to: URL(filePath: path))
    #expect(throws: LedgerError.unusable(path: path, reason: "it is shorter than a ledger")) {
      try Ledger.read(directory: directory.path)
    }
    try Data(count: 4 << 20).write(to: URL(filePath: path))
    #expect(throws: LedgerError.unusable(path: path, reason: "it is not a ledger of this version")) {
      try Ledger.read(directory: directory.path)
    }
    #expect(throws: LedgerError.self) {
      try Ledger.open(directory: directory.path + "/missing", now: 1, processID: 10)
    }
  }

  @Test("The slots keep their order and their names, cut at 63 octets, and a name asked for again is the same line")
  func slotNames() throws {
    let directory = try TemporaryDirectory()
    let ledger = try Ledger.open(directory: directory.path, now: 1, processID: 10)
    let long = String(repeating: "x", count: 100)
    for name in ["a", long, "c"] { try ledger.engine(name).addRouted(1) }
    try ledger.engine("a").addRouted(1)
    try ledger.engine(long).addRouted(1)
    let view = try Ledger.read(directory: directory.path)
    #expect(view.engines.map(\.name) == ["a", String(repeating: "x", count: 63), "c"])
    #expect(view.engines.map(\.routed) == [2, 2, 1])
  }

  @Test("One slot too many is an error that names the limit")
  func slotsRunOut() throws {
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 10)
    for number in 0..<64 { _ = try ledger.listener("l\(number)") }
    for number in 0..<255 { try ledger.engine("e\(number)").addRouted(UInt64(number)) }
    #expect(throws: LedgerError.slotsExhausted(kind: "listener", limit: 64)) { try ledger.listener("one more") }
    #expect(throws: LedgerError.slotsExhausted(kind: "processing engine", limit: 255)) { try ledger.engine("one more") }
    #expect(try ledger.engine("e254").routed == 254)
    #expect(try ledger.listener("l63").arrived == 0)
  }

  /// Other programs may map the file: `Documentation/Ledger.md` tells them where each cell stands.
  @Test("Each cell stands where the layout says")
  func layout() throws {
    let directory = try TemporaryDirectory()
    let ledger = try Ledger.open(directory: directory.path, now: 0x1122, processID: 10)
    let line = try ledger.listener("main")
    line.addArrived(101)
    line.addRefused(102, .community)
    line.addAccepted(103)
    ledger.classification.addPlaced(104)
    ledger.classification.addUnrouted(105, .holdBound)
    ledger.set(.cacheEntries, 106)
    let engine = try ledger.engine("archive")
    engine.addRouted(107)
    engine.addMissed(108, .deadLetter)
    let file = try Data(contentsOf: URL(filePath: directory.path + "/ledger"))
    func cell(_ offset: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(file[offset + $1]) << UInt64($1 * 8) }
    }
    #expect(cell(0) == 0x5452_4150_4c45_4447 && cell(8) == 1 && cell(16) == 1 && cell(32) == 0x1122)
    #expect(cell(4096 + 7 * 8) == 106)
    #expect(cell(4608) == 104 && cell(4608 + 35 * 8) == 105)
    let listener = 5632 + 64
    #expect(cell(listener) == 101 && cell(listener + 6 * 8) == 102 && cell(listener + 32 * 8) == 103)
    let archive = 5632 + 64 * (64 + 96 * 8) + 64
    #expect(cell(archive) == 107 && cell(archive + 9 * 8) == 108)
  }
}
