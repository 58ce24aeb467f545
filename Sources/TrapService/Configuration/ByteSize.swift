/// Octets as text with a unit: `64MiB`.
package enum ByteSize {
  package static func parse(_ text: String, in range: ClosedRange<Int>) throws(ValueMistake) -> Int {
    try ValueGrammar<Int>.size(range).parse(text)
  }

  /// With the largest unit that leaves a whole number.
  package static func text(_ octets: Int) -> String { octets.sizeText }
}
