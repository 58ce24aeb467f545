extension TrapOID {
  /// Appends dotted decimal, nothing when empty.
  package func appendText(to text: inout [UInt8]) {
    text.append(addingCapacity: 11 * count) { span in writeText(to: &span) }
  }

  /// Appends dotted decimal; the span needs room for 11 octets per sub-identifier.
  package func writeText(to text: inout OutputSpan<UInt8>) {
    for index in 0..<count {
      if index > 0 { text.append(UInt8(ascii: ".")) }
      OIDText.writeDecimal(self[index], to: &text)
    }
  }
}

extension TrapOID: CustomStringConvertible {
  package var description: String {
    var text: [UInt8] = []
    appendText(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
