/// Two lists of named parts side by side.
internal struct ReloadDiff<Part> {
  /// Only in the new one, in its order.
  let added: [Part]
  /// Only in the old one, in its order.
  let removed: [Part]
  /// In both, changed or not, in the order of the new one.
  let kept: [(old: Part, new: Part)]

  init(_ old: [Part], _ new: [Part], name: (Part) -> String) {
    added = new.filter { part in !old.contains { name($0) == name(part) } }
    removed = old.filter { part in !new.contains { name($0) == name(part) } }
    kept = new.compactMap { part in old.first { name($0) == name(part) }.map { ($0, part) } }
  }
}
