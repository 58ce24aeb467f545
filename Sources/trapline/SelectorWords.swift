internal import ArgumentParser
internal import TrapControl

/// Words such as `source=10.0.0.0/8 trap=linkDown`: all keys must match, and any value of a key does, whether it stands
/// in a list with commas or in another word.
struct SelectorWords {
  static let keys = ["source", "trap", "version", "listener", "pdu"]

  /// nil where there are no words: all traps.
  let selection: TrapSelection?

  init(_ words: [String]) throws {
    var values: [String: [String]] = [:]
    for word in words {
      guard let mark = word.firstIndex(of: "=") else {
        throw ValidationError("'\(word)' is no selector; write KEY=VALUE with one of \(SelectorWords.list).")
      }
      let (key, text) = (String(word[..<mark]), word[word.index(after: mark)...])
      guard SelectorWords.keys.contains(key) else {
        throw ValidationError("'\(key)' in '\(word)' is no key of a selector; there are \(SelectorWords.list).")
      }
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      values[key, default: []] += try parts.map { try SelectorWords.value($0, of: key, in: word) }
    }
    selection =
      values.isEmpty
      ? nil
      : TrapSelection(
        source: values["source"], trap: values["trap"], version: values["version"], listener: values["listener"],
        pdu: values["pdu"])
  }

  private static var list: String { keys.joined(separator: ", ") }

  /// What can be known to be wrong without asking the daemon is said here.
  private static func value(_ text: String, of key: String, in word: String) throws -> String {
    switch key {
    case _ where text.isEmpty: throw ValidationError("'\(word)' has an empty value.")
    case "version":
      let bare = text.hasPrefix("v") ? String(text.dropFirst()) : text
      guard ["1", "2c", "3"].contains(bare) else { throw ValidationError("version in '\(word)' is 1, 2c or 3.") }
      return bare
    case "pdu":
      guard ["trap", "inform"].contains(text) else { throw ValidationError("pdu in '\(word)' is trap or inform.") }
      return text
    case "trap":
      return try oid(text, in: "'\(word)'")
    default: return text
    }
  }

  /// An OID in dotted form, or the name of a standard trap.
  static func oid(_ text: String, in place: String) throws -> String {
    if let known = StandardTrap.oid(of: text) { return known }
    let bare = text.hasPrefix(".") ? String(text.dropFirst()) : text
    let arcs = bare.split(separator: ".", omittingEmptySubsequences: false)
    guard arcs.count > 1, arcs.allSatisfy({ UInt32($0) != nil }) else {
      throw ValidationError("\(place) is neither an OID such as 1.3.6.1.6.3 nor one of the six standard traps.")
    }
    return bare
  }
}
