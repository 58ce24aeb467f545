/// Names that somebody may have meant.
enum NearNames {
  /// Names that are listed at most.
  private static let most = 4

  /// The nearest first: those that hold the text, then by the letters that differ.
  static func of(_ text: String, among names: [String]) -> [String] {
    let ranked = names.map { (name: $0, distance: holds($0, text) ? 0 : distance(text, $0)) }
    return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(most).map(\.name)
  }

  private static func holds(_ name: String, _ text: String) -> Bool {
    let (name, text) = (Array(name.utf8), Array(text.utf8))
    guard !text.isEmpty, text.count <= name.count else { return false }
    return (0...name.count - text.count).contains { name[$0...].starts(with: text) }
  }

  /// Levenshtein's: letters to insert, remove or replace. What is longer than any name is not compared to its end.
  private static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8.prefix(64))
    let right = Array(right.utf8)
    var former = Array(0...right.count)
    for (row, octet) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        current.append(
          min(former[column + 1] + 1, current[column] + 1, former[column] + (octet == other ? 0 : 1)))
      }
      former = current
    }
    return former[right.count]
  }
}
