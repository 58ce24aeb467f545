import Testing
import TrapBatching
import TrapLedger

@testable import TrapArrival

@Suite("Sources that may send")
struct SourceFilterTests {
  private static func blocks(_ texts: [String]) -> [AddressPrefix] { texts.map { AddressPrefix($0)! } }

  @Test(
    "What is denied is denied, whatever allows it, and an empty list of allowed blocks allows all",
    arguments: [
      ([], [], "192.0.2.1", true), (["192.0.2.0/24"], [], "192.0.2.255", true),
      (["192.0.2.0/24"], [], "192.0.3.0", false), (["192.0.2.0/24"], [], "192.0.1.255", false),
      ([], ["192.0.2.0/24"], "192.0.2.1", false), ([], ["192.0.2.0/24"], "2001:db8::1", true),
      (["192.0.2.0/24"], ["192.0.2.7"], "192.0.2.7", false), (["192.0.2.7"], ["192.0.2.0/24"], "192.0.2.7", false),
      (["2001:db8::/32"], [], "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", true),
      (["2001:db8::/32"], [], "2001:db9::", false), (["::/0"], [], "192.0.2.1", true),
      (["0.0.0.0/0"], [], "::1", false), (["0.0.0.0/0"], [], "255.255.255.255", true),
      (["10.0.0.0/8", "10.1.0.0/16"], [], "10.200.0.1", true),
    ])
  func lists(_ allow: [String], _ deny: [String], _ source: String, _ expected: Bool) {
    let filter = SourceFilter(allow: Self.blocks(allow), deny: Self.blocks(deny))
    #expect(filter.admits(SourceAddress(source)!) == expected)
    #expect(filter.admitsAll == (allow.isEmpty && deny.isEmpty))
  }

  @Test("Thousands of nested blocks give the same answer as asking each of them")
  func agreement() {
    var state: UInt64 = 7
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    // Within 10.0.0.0/12, so that blocks nest and questions hit.
    func address() -> UInt32 { 0x0a00_0000 | UInt32(next() & 0xf_ffff) }
    let blocks = (0..<3000).map { _ in
      let bits = 20 + Int(next() % 13)
      let masked = address() & (UInt32.max << UInt32(32 - bits))
      return AddressPrefix("\(SourceAddress(ipv4: masked))/\(bits)")!
    }
    let some = Array(blocks.suffix(200))
    let set = AddressBlocks(some)
    var inside = 0
    for _ in 0..<20_000 {
      let candidate = SourceAddress(ipv4: address())
      let expected = some.contains { $0.contains(candidate) }
      if expected { inside += 1 }
      guard set.contains(candidate) == expected else {
        Issue.record("\(candidate) is \(expected ? "in a block" : "in no block")")
        return
      }
    }
    #expect(inside > 1000 && inside < 19_000)
    let all = AddressBlocks(blocks)
    #expect(blocks.allSatisfy { all.contains($0.address) })
  }

  @Test("A denied source is refused before its octets are looked at, others are not")
  func lane() throws {
    let admission = Admission(
      communities: [Array("public".utf8)], v3: .refuse, informs: .deliver, allow: Self.blocks(["127.0.0.0/24"]),
      deny: Self.blocks(["127.0.0.2"]))
    let bench = try Bench(Bench.open("0.0.0.0"), admission: admission)
    for (source, octets) in [
      ("127.0.0.1", SampleTrap.v2c()), ("127.0.0.2", SampleTrap.v2c()), ("127.0.0.2", []),
      ("127.0.0.2", SampleTrap.get),
      ("127.0.1.1", SampleTrap.v2c(community: "wrong")), ("127.0.0.3", SampleTrap.v2c(community: "publid")),
    ] {
      #expect(try Sender(from: source).send(octets, to: "127.0.0.1", port: bench.port))
    }
    try bench.readAll()
    #expect(bench.line.arrived == 6)
    #expect(bench.line.refused(.sourceDenied) == 4)
    #expect(bench.line.refused(.community) == 1)
    #expect(bench.line.accepted == 1)
    #expect(bench.isBalanced)
    #expect(bench.takeTraps().map(\.facts.source) == [SourceAddress("127.0.0.1")])
  }
}
