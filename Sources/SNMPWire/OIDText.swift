/// Dotted decimal from the content octets of an object identifier, straight into the writer's octets.
package enum OIDText {
  /// Room that is always enough. No encoded sub-identifier yields more than four characters per octet.
  package static func capacity(of content: Range<Int>) -> Int { max(3, 4 * content.count) }

  /// Appends the text; empty content is `0.0`. Octets that no decoder has checked give some text, never a trap.
  package static func appendOID(_ octets: Span<UInt8>, _ content: Range<Int>, to text: inout [UInt8]) {
    text.append(addingCapacity: capacity(of: content)) { span in writeOID(octets, content, to: &span) }
  }

  /// Appends the text to a span with room for `capacity(of:)` octets.
  package static func writeOID(_ octets: Span<UInt8>, _ content: Range<Int>, to text: inout OutputSpan<UInt8>) {
    guard !content.isEmpty else { return writeFirst(0, to: &text) }
    var value: UInt32 = 0
    var isFirst = true
    for offset in content {
      let octet = octets[offset]
      value = value << 7 | UInt32(octet & 0x7F)
      guard octet < 0x80 else { continue }
      if isFirst {
        writeFirst(value, to: &text)
        isFirst = false
      } else {
        text.append(UInt8(ascii: "."))
        writeDecimal(value, to: &text)
      }
      value = 0
    }
  }

  /// The first encoded sub-identifier is 40 x + y (X.690 §8.19.4).
  private static func writeFirst(_ value: UInt32, to text: inout OutputSpan<UInt8>) {
    let first = min(value / 40, 2)
    text.append(UInt8(ascii: "0") + UInt8(first))
    text.append(UInt8(ascii: "."))
    writeDecimal(value - first * 40, to: &text)
  }

  /// Appends up to ten digits, two at a time; every divisor is a constant, so that none is a division.
  package static func writeDecimal(_ value: UInt32, to text: inout OutputSpan<UInt8>) {
    if value < 10 { return text.append(digit(value)) }
    if value >= 100 { writeDecimal(value / 100, to: &text) }
    let pair = value % 100
    text.append(digit(pair / 10))
    text.append(digit(pair % 10))
  }

  private static func digit(_ value: UInt32) -> UInt8 { UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value) }
}
