internal import Glibc

/// How much a terminal shows at a time.
struct TerminalSize: Equatable {
  var rows: Int
  var columns: Int

  init(rows: Int, columns: Int) { (self.rows, self.columns) = (rows, columns) }

  /// nil where `descriptor` is no terminal, or one that does not tell its size.
  init?(descriptor: CInt) {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else { return nil }
    self.init(rows: Int(size.ws_row), columns: Int(size.ws_col))
  }

  /// As many of the first lines as fit above the cursor's own row, and a last one that counts those left out.
  func top(of lines: [String]) -> [String] {
    let room = rows - 1
    guard lines.reduce(0, { $0 + height(of: $1) }) > room else { return lines }
    var (kept, used) = (0, 1)
    while kept < lines.count, used + height(of: lines[kept]) <= room {
      used += height(of: lines[kept])
      kept += 1
    }
    return lines.prefix(kept) + ["… \(lines.count - kept) more lines"]
  }

  /// Rows that a line takes once the terminal has wrapped it. Colours take no room.
  private func height(of line: String) -> Int {
    let width = line.replacing(/\u{1b}\[[0-9;]*m/, with: "").count
    return max(1, (width + columns - 1) / columns)
  }
}
