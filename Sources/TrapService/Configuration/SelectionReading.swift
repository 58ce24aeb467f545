internal import SNMPWire
internal import TrapBatching
package import TrapControl

/// A selection as text made into values: the same words in the configuration and in a registration.
package struct SelectionReading {
  /// Without the values that could not be read.
  package private(set) var selection = Configuration.Selection()
  /// Empty where all of it could be read.
  package private(set) var mistakes: [SelectionMistake] = []

  /// - Parameter listeners: the names that a selection may ask for.
  package init(_ given: TrapSelection, listeners: [String]) {
    selection.sources = read("source", given.source, .prefix)
    selection.traps = read("trap", given.trap, .oid)
    selection.versions = read("version", given.version, .version)
    selection.pdus = read("pdu", given.pdu, .choice)
    selection.listeners = read("listener", given.listener, SelectionReading.listener(of: listeners))
  }

  private mutating func read<Value>(_ key: String, _ texts: [String]?, _ grammar: ValueGrammar<Value>) -> [Value] {
    guard let texts else { return [] }
    if texts.isEmpty {
      let empty = ValueMistake(problem: "names nothing", remedy: "write at least one value, or leave \(key) out")
      mistakes.append(SelectionMistake(key: key, text: "", mistake: empty))
    }
    var values: [Value] = []
    for text in texts {
      do throws(ValueMistake) {
        values.append(try grammar.parse(text))
      } catch {
        mistakes.append(SelectionMistake(key: key, text: text, mistake: error))
      }
    }
    return values
  }

  private static func listener(of names: [String]) -> ValueGrammar<String> {
    ValueGrammar { text throws(ValueMistake) in
      guard names.contains(text) else {
        throw ValueMistake(problem: "is no listener", remedy: "known: " + names.joined(separator: ", "))
      }
      return text
    }
  }
}
