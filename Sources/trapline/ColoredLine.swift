/// One line for a terminal, from pieces with a colour each, cut where the terminal ends.
struct ColoredLine {
  private var pieces: [(text: String, ink: Paint.Ink?)] = []

  /// What anyone may have sent cannot steer the terminal: controls, and the marks that turn the writing direction, are
  /// shown as escapes.
  mutating func add(_ text: String, _ ink: Paint.Ink? = nil) {
    if !pieces.isEmpty { pieces.append(("  ", nil)) }
    pieces.append((ColoredLine.harmless(text), ink))
  }

  /// At most `width` characters; nil for no bound.
  func text(_ paint: Paint, width: Int?) -> String {
    guard let width, pieces.reduce(0, { $0 + $1.text.count }) > width else {
      return pieces.map { paint($0.text, $0.ink) }.joined()
    }
    var (line, room) = ("", max(width - 1, 0))
    for piece in pieces {
      let part = String(piece.text.prefix(room))
      line += paint(part, piece.ink)
      room -= part.count
      if room == 0 { break }
    }
    return line + "…"
  }

  static func harmless(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: steers) else { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": shown += "\\n"
      case "\r": shown += "\\r"
      case "\t": shown += "\\t"
      case _ where steers(scalar): shown += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  private static func steers(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
