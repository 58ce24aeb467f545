/// On which line a setting stands, for the checks that look at several settings together.
struct SettingLines {
  private var elements: [String: MarkupElement] = [:]

  mutating func note(_ element: MarkupElement?, as key: String) {
    if let element { elements[key] = element }
  }

  /// The first of `keys` that stands in the file.
  func element(_ keys: String...) -> MarkupElement? {
    for key in keys {
      if let element = elements[key] { return element }
    }
    return nil
  }
}
