/// One attribute of a `MarkupElement`, its character references resolved.
struct MarkupAttribute: Sendable {
  let name: String
  /// The namespace's URI; nil for an attribute without a prefix.
  let namespace: String?
  let value: String
}
