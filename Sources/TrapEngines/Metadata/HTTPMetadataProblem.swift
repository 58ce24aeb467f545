/// What is wrong with an answer, and where: a member that was expected to be something else, or text that is no JSON.
internal struct HTTPMetadataProblem: Error, Equatable, CustomStringConvertible {
  /// From the outside in: `routes`, `[2]`, `trap`.
  private(set) var path: [String] = []
  let text: String

  init(_ text: String) { self.text = text }

  /// The same problem as seen from one level further out.
  func inside(_ step: String) -> HTTPMetadataProblem {
    var outer = self
    outer.path.insert(step, at: 0)
    return outer
  }

  var description: String {
    guard !path.isEmpty else { return text }
    let place = path.enumerated().map { $0 == 0 || $1.hasPrefix("[") ? $1 : "." + $1 }.joined()
    return "\(place): \(text)"
  }

  /// Words of others as they may stand in a line of ours: quoted, one line, at most 80 octets of them.
  static func quoted(_ octets: some Collection<UInt8>) -> String {
    let shown = octets.prefix(80).map { 0x20..<0x7f ~= $0 ? $0 : UInt8(ascii: "?") }
    return "\"\(String(decoding: shown, as: UTF8.self))\(octets.count > 80 ? "…" : "")\""
  }
}
