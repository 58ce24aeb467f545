internal import TrapControl

/// Sources of traps as a person wants to read them.
struct SourcesPage {
  let sources: [SourceView]
  let title: String
  /// Nanoseconds since 1970.
  let now: UInt64

  func lines(_ paint: Paint, width: Int?) -> [String] {
    var table = FittedTable([
      .text(title, rank: 0), .number("index", rank: 5), .number("now", rank: 0), .number("arrived", rank: 0),
      .number("refused", rank: 1), .number("last seen", rank: 2), .number("first seen", rank: 4),
      .text("last trap", rank: 3),
    ])
    for source in sources {
      table.add([
        FittedTable.Cell(source.address), FittedTable.Cell("\(source.index)"),
        FittedTable.Cell(Digits.rate(Double(source.rate))), FittedTable.Cell(Digits.grouped(source.arrived)),
        FittedTable.Cell(Digits.grouped(source.refused), source.refused > 0 ? .yellow : nil),
        FittedTable.Cell(ago(source.lastSeen)), FittedTable.Cell(ago(source.firstSeen)),
        FittedTable.Cell(source.lastTrap.map { StandardTrap.name(of: $0) ?? StandardTrap.short($0) } ?? ""),
      ])
    }
    return table.lines(paint, width: width)
  }

  private func ago(_ time: String) -> String { Moment.age(time, now: now).map { $0 + " ago" } ?? "" }
}
