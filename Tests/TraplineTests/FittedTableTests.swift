internal import Testing

@testable internal import trapline

@Suite("Tables and lines that fit a terminal")
struct FittedTableTests {
  private static let plain = Paint(isOn: false)

  private static var table: FittedTable {
    var table = FittedTable([
      .text("name", rank: 0), .text("state", rank: 0), .number("count", rank: 1), .number("detail", rank: 2),
      .text("", rank: 3),
    ])
    table.add(["short", FittedTable.Cell("idle", .red), "1", "22,222", ""])
    table.add(["a much longer name", "waiting", "1,000", "3", ""])
    return table
  }

  @Test("with all the width there is, columns are aligned, and one without anything in it is left out")
  func whole() {
    #expect(
      Self.table.lines(Self.plain, width: nil) == [
        "  name                state    count  detail",
        "  short               idle         1  22,222",
        "  a much longer name  waiting  1,000       3",
      ])
  }

  @Test("columns are left out by rank, the first one is cut, and no line is wider", arguments: 12...60)
  func width(_ width: Int) {
    for paint in [Self.plain, Paint(isOn: true)] {
      let lines = Self.table.lines(paint, width: width).map { $0.replacing(/\u{1b}\[[0-9]+m/, with: "") }
      #expect(lines.allSatisfy { $0.count <= max(width, 19) }, "\(lines)")
      #expect(lines[0].contains("detail") == (width >= 44))
      #expect(lines[0].contains("count") == (width >= 36))
      #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    }
  }

  @Test("what a source or an engine is called cannot steer the terminal")
  func harmless() {
    var table = FittedTable([.text("name", rank: 0)])
    table.add(["a\u{1b}[2Jb"])
    #expect(table.lines(Self.plain, width: nil)[1] == "  a\\u{1b}[2Jb")
  }

  @Test("a line is broken at spaces and loses nothing", arguments: [10, 16, 20, 40, 200])
  func fold(_ columns: Int) {
    let text = "  engine alarms: waiting-retry, failed 12 times: connection-to-192.0.2.9-refused again"
    let lines = Fold.lines(text, columns: columns, indent: 2)
    #expect(lines.allSatisfy { $0.count <= max(columns, columns > 10 ? columns : text.count) }, "\(lines)")
    #expect(lines.joined().replacing(" ", with: "") == text.replacing(" ", with: ""))
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") })
    #expect(lines[0].hasPrefix("  engine"))
    #expect(Fold.lines(text, columns: nil, indent: 2) == [text])
  }

  @Test("what follows a break is indented, and a word that is longer than a line is broken itself")
  func folded() {
    #expect(
      Fold.lines("  one two three", columns: 13, indent: 4) == ["  one two", "    three"])
    #expect(
      Fold.lines("  a 0123456789abcdef", columns: 13, indent: 4) == ["  a", "    012345678", "    9abcdef"])
  }
}
