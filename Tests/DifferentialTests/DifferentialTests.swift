import Foundation
import SNMPWire
import Testing

/// TRAPLINE_DIFFERENTIAL is the number of broken messages, TRAPLINE_DIFFERENTIAL_SEED says which: Tests/Differential is
/// the long run.
@Suite("Beside Net-SNMP's own reading", .serialized)
struct DifferentialTests {
  private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

  private static let brokenCount = number("TRAPLINE_DIFFERENTIAL") ?? 2000
  private static let seed = UInt64(number("TRAPLINE_DIFFERENTIAL_SEED") ?? 1)
  /// As many as one process of the oracle is asked.
  private static let round = 20_000

  private static func check(_ comparison: Comparison, _ name: String) {
    print("\(name): \(comparison.summary)", terminator: "")
    for contradiction in comparison.contradictions { Issue.record("\(contradiction)") }
    #expect(comparison.contradictionCount == 0)
  }

  /// Those that are no notifications are read once more as if they were: an SNMPv2-Trap-PDU has the same fields.
  @Test("datagrams collected elsewhere are read alike", .enabled(if: !Corpus.datagrams.isEmpty))
  func collected() throws {
    var comparison = Comparison()
    try comparison.add(Corpus.datagrams + Corpus.datagrams.compactMap(Corpus.asNotification))
    Self.check(comparison, "collected")
    #expect(comparison.same > 700)
  }

  @Test("notifications of every protocol, type and bound are read alike, without exception")
  func generated() throws {
    var comparison = Comparison()
    var generator = Generator(seed: Self.seed)
    try comparison.add((0..<max(2000, Self.brokenCount / 10)).map { _ in generator.next().octets })
    Self.check(comparison, "generated")
    #expect(comparison.same == comparison.compared)
  }

  @Test("broken ones are read alike, or differ as Documentation/Differences.md says")
  func broken() throws {
    var comparison = Comparison()
    var mutator = Mutator(seed: Self.seed)
    while comparison.compared < Self.brokenCount {
      try comparison.add((0..<min(Self.round, Self.brokenCount - comparison.compared)).map { _ in mutator.next() })
    }
    Self.check(comparison, "broken")
    #expect(comparison.same > comparison.compared / 20)
  }

  @Test("Documentation/Differences.md is the table of differences")
  func page() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = root.appending(path: "Documentation/Differences.md")
    if Self.number("TRAPLINE_DIFFERENTIAL_PAGE") != nil {
      try Difference.page.write(to: page, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == Difference.page)
  }
}
