internal import TrapControl

extension ConfigurationReader {
  /// `<subscribe>` or `<filter>`: each attribute a list with white space between.
  func readSelection(_ element: MarkupElement) -> Configuration.Selection {
    func list(_ name: String) -> [String]? {
      element.attribute(name).map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
    }
    let reading = SelectionReading(
      TrapSelection(
        source: list("source"), trap: list("trap"), version: list("version"), listener: list("listener"),
        pdu: list("pdu")),
      listeners: listenerNames)
    for found in reading.mistakes {
      collector.error(element, "\(found.key)=\"\(found.text)\" \(found.mistake.problem)", found.mistake.remedy)
    }
    return reading.selection
  }

  func readFilter(_ element: MarkupElement) -> [Configuration.Selection] {
    element.children("filter").map { child in
      if child.attributes.isEmpty {
        collector.warning(
          child, "it names nothing, so it leaves every trap out", "write what to leave out, or remove it")
      }
      return readSelection(child)
    }
  }
}
