/// Names that somebody may have meant.
enum NearNames {
  /// Names that are listed at most.
  private static let most = 4

  /// The nearest first.
  static func of(_ text: String, among names: [String]) -> [String] {
    let ranked = names.map { (name: $0, distance: distance(text, $0)) }
    return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(most).map(\.name)
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
