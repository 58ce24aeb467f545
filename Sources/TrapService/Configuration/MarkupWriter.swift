/// Writes indented XML of elements with attributes. What it writes parses back to the same values.
struct MarkupWriter {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var depth = 0

  /// An attribute whose value is nil is left out.
  typealias Attribute = (name: String, value: String?)

  mutating func empty(_ name: String, _ attributes: [Attribute]) {
    line("<\(tag(name, attributes))/>")
  }

  mutating func element(_ name: String, _ attributes: [Attribute] = [], _ body: (inout MarkupWriter) -> Void) {
    line("<\(tag(name, attributes))>")
    depth += 1
    body(&self)
    depth -= 1
    line("</\(name)>")
  }

  mutating func text(_ name: String, _ content: String) {
    line("<\(name)>\(MarkupWriter.escaped(content))</\(name)>")
  }

  mutating func comment(_ content: String) { line("<!-- \(MarkupWriter.commented(content)) -->") }

  /// A comment over several lines, one string each.
  mutating func comment(lines: [String]) {
    line("<!--")
    depth += 1
    for content in lines { line(MarkupWriter.commented(content)) }
    depth -= 1
    line("-->")
  }

  private mutating func line(_ content: String) {
    text += String(repeating: "  ", count: depth) + content + "\n"
  }

  private func tag(_ name: String, _ attributes: [Attribute]) -> String {
    attributes.reduce(into: name) { tag, attribute in
      if let value = attribute.value { tag += " \(attribute.name)=\"\(MarkupWriter.escaped(value))\"" }
    }
  }

  /// A raw tab or line break in an attribute would come back as a space (XML 1.0 §3.3.3), so they are references.
  private static func escaped(_ value: String) -> String {
    value.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\t", "\n", "\r": text += "&#\(scalar.value);"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// Two hyphens would end the comment.
  private static func commented(_ content: String) -> String {
    content.reduce(into: "") { text, character in
      if character == "-" && text.last == "-" { text += " " }
      text.append(character)
    }
  }
}
