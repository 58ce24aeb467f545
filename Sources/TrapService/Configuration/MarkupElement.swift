/// One element of an XML document, with the line that it stands on and nothing that points into the parser's memory.
struct MarkupElement: Sendable {
  /// Without its prefix.
  let name: String
  /// The namespace's URI; nil where the element has none.
  let namespace: String?
  let attributes: [MarkupAttribute]
  let children: [MarkupElement]
  /// Character data directly inside, without white space at its ends.
  let text: String
  /// Counted from 1. Of a start tag over several lines, the one where it ends.
  let line: Int

  func attribute(_ name: String) -> String? {
    attributes.first { $0.name == name && $0.namespace == nil }?.value
  }

  func child(_ name: String) -> MarkupElement? { children.first { $0.name == name } }

  func children(_ name: String) -> [MarkupElement] { children.filter { $0.name == name } }
}
