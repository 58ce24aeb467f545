internal import TrapControl

/// The query of a request: each parameter at most once, and none that the route does not know.
internal struct APIQuery {
  private var values: [String: String] = [:]

  init(_ text: Substring?, known: [String]) throws(APIProblem) {
    for pair in (text ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentText.decode(parts[0]), known.contains(name) else {
        let allowed = known.isEmpty ? "takes no parameters" : "takes \(known.joined(separator: ", "))"
        throw APIProblem(400, "\"\(parts[0])\" is no parameter of this path, which \(allowed)")
      }
      guard parts.count == 2, let value = PercentText.decode(parts[1]), values[name] == nil else {
        throw APIProblem(400, "\(name) needs one value, percent-encoded where it is not plain text")
      }
      values[name] = value
    }
  }

  subscript(name: String) -> String? { values[name] }

  /// Nanoseconds of `wait`: `0`, `250ms`, `5s`, `1m`; 60 s at most.
  func wait() throws(APIProblem) -> UInt64 {
    guard let text = values["wait"] else { return 0 }
    guard let wait = Self.duration(text), wait <= 60_000_000_000 else {
      throw APIProblem(400, "wait is 0 or a duration up to 60s, like 5s or 250ms, not \"\(text)\"")
    }
    return wait
  }

  private static func duration(_ text: String) -> UInt64? {
    if text == "0" { return 0 }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.count <= 9, let number = UInt64(digits) else { return nil }
    switch text.dropFirst(digits.count) {
    case "ms": return number * 1_000_000
    case "s": return number * 1_000_000_000
    case "m": return number * 60_000_000_000
    default: return nil
    }
  }

  /// A number of `range` that the parameter says; nil where it is not given.
  func number(_ name: String, _ range: ClosedRange<Int>) throws(APIProblem) -> Int? {
    guard let text = values[name] else { return nil }
    guard !text.isEmpty, text.utf8.count <= 10, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(text), range.contains(number)
    else { throw APIProblem(400, "\(name) is \(range.lowerBound) to \(range.upperBound), not \"\(text.prefix(80))\"") }
    return number
  }

  func outcome() throws(APIProblem) -> AcknowledgeOutcome {
    guard let text = values["outcome"] else { return .done }
    guard let outcome = AcknowledgeOutcome(rawValue: text) else {
      throw APIProblem(400, "outcome is done, retry or dead, not \"\(text)\"")
    }
    return outcome
  }

  func question() throws(APIProblem) -> Explanation.Question {
    guard let source = values["source"], !source.isEmpty else {
      throw APIProblem(400, "source is missing; give the address of a source, like ?source=192.0.2.7")
    }
    if let version = values["version"], !["1", "2c", "3"].contains(version) {
      throw APIProblem(400, "version is 1, 2c or 3, not \"\(version)\"")
    }
    var question = Explanation.Question(source: source)
    question.trap = values["trap"]
    question.listener = values["listener"]
    question.version = values["version"]
    return question
  }
}
