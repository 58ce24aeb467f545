internal import SNMPWire

/// Text and numbers straight into reserved room. All check the room that is left and stop the process where a caller
/// reserved too little: what a trap can need is bounded by `TrapJSONWriter.capacity`.
extension OutputSpan<UInt8> {
  @inline(__always)
  mutating func write(_ text: StaticString) {
    let size = text.utf8CodeUnitCount
    precondition(size <= freeCapacity, "\(size) octets do not fit in \(freeCapacity)")
    unsafe withUnsafeMutableBufferPointer { room, count in
      unsafe (room.baseAddress! + count).initialize(from: text.utf8Start, count: size)
      count += size
    }
  }

  @inline(__always)
  mutating func write(_ octets: Span<UInt8>, _ range: Range<Int>) {
    precondition(range.count <= freeCapacity, "\(range.count) octets do not fit in \(freeCapacity)")
    let part = octets.extracting(range)
    unsafe part.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      unsafe withUnsafeMutableBufferPointer { room, count in
        unsafe (room.baseAddress! + count).initialize(from: start, count: source.count)
        count += source.count
      }
    }
  }

  mutating func writeText(_ text: String) {
    for octet in text.utf8 { append(octet) }
  }

  mutating func writeDecimal(_ value: UInt64) {
    if let small = UInt32(exactly: value) { return OIDText.writeDecimal(small, to: &self) }
    writeDecimal(value / 1_000_000_000)
    writePadded(UInt32(value % 1_000_000_000), digits: 9)
  }

  mutating func writeDecimal(_ value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    writeDecimal(value.magnitude)
  }

  /// Exactly `digits` digits, zeros in front.
  mutating func writePadded(_ value: UInt32, digits: Int) {
    var divisor: UInt32 = 1
    for _ in 1..<digits { divisor *= 10 }
    var rest = value
    while divisor > 0 {
      append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest / divisor % 10))
      rest %= divisor
      divisor /= 10
    }
  }

  /// Dotted decimal of an IPv4 address, its first octet highest.
  mutating func writeDotted(_ address: UInt32) {
    OIDText.writeDecimal(address >> 24, to: &self)
    append(UInt8(ascii: "."))
    OIDText.writeDecimal(address >> 16 & 0xFF, to: &self)
    append(UInt8(ascii: "."))
    OIDText.writeDecimal(address >> 8 & 0xFF, to: &self)
    append(UInt8(ascii: "."))
    OIDText.writeDecimal(address & 0xFF, to: &self)
  }

  /// Two lower-case digits an octet.
  mutating func writeHexadecimal(_ octets: Span<UInt8>, _ range: Range<Int>) {
    for index in range {
      append(Self.hexadecimalDigit(octets[index] >> 4))
      append(Self.hexadecimalDigit(octets[index] & 0xF))
    }
  }

  private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "a") &- 10 &+ value
  }

  /// RFC 4648 §4, padded.
  mutating func writeBase64(_ octets: Span<UInt8>) {
    var index = 0
    while index < octets.count {
      let left = octets.count - index
      var group = UInt32(octets[index]) << 16
      if left > 1 { group |= UInt32(octets[index + 1]) << 8 }
      if left > 2 { group |= UInt32(octets[index + 2]) }
      append(Self.base64Digit(group >> 18))
      append(Self.base64Digit(group >> 12 & 63))
      append(left > 1 ? Self.base64Digit(group >> 6 & 63) : UInt8(ascii: "="))
      append(left > 2 ? Self.base64Digit(group & 63) : UInt8(ascii: "="))
      index += 3
    }
  }

  private static func base64Digit(_ value: UInt32) -> UInt8 {
    let value = UInt8(truncatingIfNeeded: value)
    return switch value {
    case 0..<26: UInt8(ascii: "A") + value
    case 26..<52: UInt8(ascii: "a") + (value - 26)
    case 52..<62: UInt8(ascii: "0") + (value - 52)
    case 62: UInt8(ascii: "+")
    default: UInt8(ascii: "/")
    }
  }
}
