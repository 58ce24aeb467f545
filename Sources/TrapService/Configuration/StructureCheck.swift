/// Compares a tree with the vocabulary, every element of it: what is unknown, missing, repeated or out of place.
struct StructureCheck {
  /// `xsi:schemaLocation` and its like say nothing to us, but editors want them.
  private static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"

  let collector: IssueCollector

  /// False where the root is something else, so that nothing inside it can be judged.
  func checkRoot(_ root: MarkupElement) -> Bool {
    guard root.name == "trapline" else {
      collector.error(root, "the root element is not <trapline>", "wrap everything in one <trapline> element")
      return false
    }
    if root.namespace != Configuration.namespace {
      let found = root.namespace.map { "the namespace is \"\($0)\"" } ?? "it has no namespace"
      collector.error(root, found, "write <trapline xmlns=\"\(Configuration.namespace)\">")
    }
    check(root, against: Vocabulary.trapline, namespace: root.namespace)
    return true
  }

  private func check(_ element: MarkupElement, against rule: ElementRule, namespace: String?) {
    checkAttributes(element, rule)
    if !rule.holdsText && !element.text.isEmpty {
      // Not quoted: it may well be a secret.
      collector.error(element, "text stands inside", "remove it; values are written as attributes")
    }
    var firstLines: [String: Int] = [:]
    for child in element.children {
      guard child.namespace == namespace, let known = rule.children.first(where: { $0.rule.name == child.name }) else {
        reportUnknown(child, in: rule)
        continue
      }
      if known.occurrence != .any, let first = firstLines[child.name] {
        collector.error(child, "stands twice in <\(rule.name)>, first on line \(first)", "keep one of them")
      }
      firstLines[child.name] = firstLines[child.name] ?? child.line
      check(child, against: known.rule, namespace: namespace)
    }
    for child in rule.children where child.occurrence == .required && firstLines[child.rule.name] == nil {
      collector.error(element, "<\(child.rule.name)> is missing", "add one")
    }
  }

  private func checkAttributes(_ element: MarkupElement, _ rule: ElementRule) {
    for attribute in element.attributes {
      if attribute.namespace == StructureCheck.schemaInstance { continue }
      guard attribute.namespace == nil, rule.attributes.contains(attribute.name) else {
        let known = rule.attributes.isEmpty ? "it takes none" : "known: " + rule.attributes.joined(separator: ", ")
        collector.error(element, "unknown attribute \(attribute.name)", known)
        continue
      }
    }
  }

  private func reportUnknown(_ child: MarkupElement, in rule: ElementRule) {
    let names = rule.children.map(\.rule.name)
    let known = names.isEmpty ? "it has no children" : "known: " + names.joined(separator: ", ")
    collector.error(child, "unknown element in <\(rule.name)>", known)
  }
}
