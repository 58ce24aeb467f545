/// Rows with aligned columns that fit a terminal: where they do not, the columns that say least are left out.
struct FittedTable {
  struct Column {
    let title: String
    /// Numbers are aligned to the right, text to the left.
    var isText = false
    /// 0 is never left out; the highest goes first.
    let rank: Int

    static func text(_ title: String, rank: Int) -> Column { Column(title: title, isText: true, rank: rank) }
    static func number(_ title: String, rank: Int) -> Column { Column(title: title, rank: rank) }
  }

  struct Cell: ExpressibleByStringInterpolation {
    let text: String
    var ink: Paint.Ink?

    init(_ text: String, _ ink: Paint.Ink? = nil) {
      self.text = ColoredLine.harmless(text)
      self.ink = ink
    }

    init(stringLiteral text: String) { self.init(text) }
  }

  private let columns: [Column]
  private var rows: [[Cell]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// As many cells as there are columns.
  mutating func add(_ cells: [Cell]) {
    precondition(cells.count == columns.count, "\(cells.count) cells for \(columns.count) columns")
    rows.append(cells)
  }

  var isEmpty: Bool { rows.isEmpty }

  /// The titles and the rows, two spaces in. A column without anything in it is left out anyway. `width` in characters;
  /// nil: as wide as it gets.
  func lines(_ paint: Paint, width: Int?) -> [String] {
    var shown = columns.indices.filter { column in rows.contains { !$0[column].text.isEmpty } }
    var widths = columns.indices.map { column in
      rows.reduce(columns[column].title.count) { max($0, $1[column].text.count) }
    }
    while let width, total(shown, widths) > width {
      guard let last = shown.max(by: { columns[$0].rank < columns[$1].rank }), columns[last].rank > 0 else { break }
      shown.removeAll { $0 == last }
    }
    if let width, let first = shown.first, total(shown, widths) > width {
      widths[first] = max(8, widths[first] - (total(shown, widths) - width))
    }
    let titles = columns.map { Cell($0.title) }
    return ([titles] + rows).map { row in line(row, shown, widths, paint) }
  }

  private func total(_ shown: [Int], _ widths: [Int]) -> Int { shown.reduce(0) { $0 + 2 + widths[$1] } }

  private func line(_ row: [Cell], _ shown: [Int], _ widths: [Int], _ paint: Paint) -> String {
    var line = ""
    var gap = ""
    for column in shown {
      let text = Fold.cut(row[column].text, to: widths[column])
      let padding = String(repeating: " ", count: widths[column] - text.count)
      let cell = paint(text, row[column].ink)
      // Spaces are written before what follows them, so that no line ends in one.
      line += text.isEmpty ? "" : gap + "  " + (columns[column].isText ? cell : padding + cell)
      gap = text.isEmpty ? gap + "  " + padding : columns[column].isText ? padding : ""
    }
    return line
  }
}
