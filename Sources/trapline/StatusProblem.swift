/// One thing that is wrong, for the top of the page.
struct StatusProblem: Equatable {
  /// Painted; what it is about.
  let lead: String
  let ink: Paint.Ink
  let text: String

  init(_ lead: String, _ ink: Paint.Ink, _ text: String) {
    self.lead = ColoredLine.harmless(lead)
    self.ink = ink
    self.text = ColoredLine.harmless(text)
  }

  func lines(_ paint: Paint, width: Int?) -> [String] {
    var lines = Fold.lines("  \(lead): \(text)", columns: width, indent: 4)
    // Where the lead itself was broken, it goes without its colour.
    if lines[0].hasPrefix("  \(lead)") { lines[0] = "  " + paint(lead, ink) + lines[0].dropFirst(2 + lead.count) }
    return lines
  }
}
