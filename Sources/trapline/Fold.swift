/// Lines for a terminal of so many columns.
enum Fold {
  /// `text` in as many lines as it takes, broken at spaces; all but the first are `indent` spaces in. What has no space
  /// is broken anywhere. nil: no width to keep to.
  static func lines(_ text: String, columns: Int?, indent: Int) -> [String] {
    guard let columns, columns > indent + 8, text.count > columns else { return [text] }
    var lines: [String] = []
    var line = String(text.prefix { $0 == " " })
    var isEmpty = true
    for word in text.split(separator: " ") {
      var word = word
      if !isEmpty, line.count + 1 + word.count > columns {
        lines.append(line)
        line = String(repeating: " ", count: indent)
      } else if !isEmpty {
        line += " "
      }
      while line.count + word.count > columns {
        let room = columns - line.count
        lines.append(line + word.prefix(room))
        word = word.dropFirst(room)
        line = String(repeating: " ", count: indent)
      }
      line += word
      isEmpty = false
    }
    return lines + [line]
  }

  /// At most `width` characters, the last one a sign that there were more.
  static func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : String(text.prefix(max(width - 1, 0))) + "…"
  }
}
