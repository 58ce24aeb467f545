/// Nanoseconds as text with a unit: `250ms`.
package enum TimeSpan {
  package static func parse(_ text: String, in range: ClosedRange<UInt64>) throws(ValueMistake) -> UInt64 {
    try ValueGrammar<UInt64>.duration(range).parse(text)
  }

  /// With the largest unit that leaves a whole number.
  package static func text(_ nanoseconds: UInt64) -> String { nanoseconds.durationText }
}
