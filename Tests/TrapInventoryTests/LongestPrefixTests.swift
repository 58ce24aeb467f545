import Testing
import TrapBatching

@testable import TrapInventory

@Suite("The longest block")
struct LongestPrefixTests {
  @Test("100,000 sources are imported, and each one is found with its own routes and attributes")
  func many() throws {
    let scratch = try Scratch()
    var csv = "source,engines,site\n"
    for number in 0..<100_000 {
      csv += "10.\(number >> 16).\(number >> 8 & 255).\(number & 255),e\(number % 7),s\(number)\n"
    }
    let clock = ContinuousClock()
    let begin = clock.now
    let report = try scratch.importing(csv)
    let imported = clock.now
    #expect(report.added == 100_000)
    #expect(report.issues == [])
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    var wrong = 0
    try inventory.read { () throws(InventoryError) in
      for number in 0..<UInt32(100_000) {
        let entry = try inventory.lookup(SourceAddress(ipv4: 10 << 24 | number))
        let isRight =
          entry?.attributes == [TrapAttribute(name: "site", value: "s\(number)")]
          && entry?.program.routes.map(\.engines) == [["e\(number % 7)"]]
        if !isRight { wrong += 1 }
      }
    }
    #expect(wrong == 0)
    let each = (clock.now - imported) / 100_000
    print("100,000 sources: import \(imported - begin), one look-up \(each)")
  }

  @Test("random blocks of both families are found as a plain search finds them", arguments: 0..<20)
  func model(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var blocks: [AddressPrefix: Int] = [:]
    var csv = "source,engines\n"
    for number in 0..<300 {
      let block = random.block()
      guard blocks[block] == nil else { continue }
      blocks[block] = number
      csv += "\(block),e\(number)\n"
    }
    let scratch = try Scratch()
    #expect(try scratch.importing(csv).issues == [])
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    for _ in 0..<500 {
      let source = random.address(near: blocks.keys.randomElement(using: &random)!)
      let expected = blocks.filter { $0.key.contains(source) }.max { $0.key.bitCount < $1.key.bitCount }
      let entry = try inventory.lookup(source)
      #expect(entry?.program.routes.first?.engines == expected.map { ["e\($0.value)"] }, "seed \(seed), \(source)")
      #expect(entry?.prefix == expected?.key.description, "seed \(seed), \(source)")
    }
  }

  @Test("a block of IPv6 that holds the mapped addresses holds IPv4 sources too")
  func mapped() throws {
    let scratch = try Scratch()
    try scratch.importing("source,engines\n::/0,all\n0.0.0.0/0,four\n::ffff:10.0.0.0/104,ten\n")
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    func prefix(_ source: String) throws -> String? { try inventory.lookup(SourceAddress(source)!)?.prefix }
    #expect(try prefix("10.1.2.3") == "10.0.0.0/8")
    #expect(try prefix("192.0.2.1") == "0.0.0.0/0")
    #expect(try prefix("2001:db8::1") == "::/0")
  }

  @Test("a source that lies in no block has no entry")
  func none() throws {
    let scratch = try Scratch()
    try scratch.importing("source,engines\n10.0.0.0/8,a\n")
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    #expect(try inventory.lookup(SourceAddress("11.0.0.1")!) == nil)
  }
}
