internal import SNMPWire
internal import TrapBatching

/// Values without their types, as Net-SNMP prints them for handlers.
internal enum TraphandleValue {
  static func append(_ varbind: Varbind, _ octets: Span<UInt8>, to text: inout [UInt8]) {
    switch varbind.type {
    case .integer32: text.append(contentsOf: "\(varbind.integer(octets))".utf8)
    case .counter32, .unsigned32, .counter64: text.append(contentsOf: "\(varbind.unsigned(octets))".utf8)
    case .timeTicks: appendTimeTicks(UInt32(truncatingIfNeeded: varbind.unsigned(octets)), to: &text)
    case .ipAddress: text.append(contentsOf: "\(SourceAddress(ipv4: varbind.ipAddress(octets)))".utf8)
    case .objectIdentifier:
      text.append(UInt8(ascii: "."))
      OIDText.appendOID(octets, varbind.value, to: &text)
    case .octetString: appendString(octets, varbind.value, to: &text)
    case .opaque: appendHexadecimal(octets, varbind.value, to: &text)
    case .float: text.append(contentsOf: SixDecimals.text(Double(varbind.float(octets))).utf8)
    case .double: text.append(contentsOf: SixDecimals.text(varbind.double(octets)).utf8)
    case .null: text.append(contentsOf: "NULL".utf8)
    case .noSuchObject: text.append(contentsOf: "No Such Object available on this agent at this OID".utf8)
    case .noSuchInstance: text.append(contentsOf: "No Such Instance currently exists at this OID".utf8)
    case .endOfMibView:
      text.append(contentsOf: "No more variables left in this MIB View (It is past the end of the MIB tree)".utf8)
    }
  }

  /// Days, hours, minutes, seconds, hundredths: `0:0:11:00.51`.
  static func appendTimeTicks(_ ticks: UInt32, to text: inout [UInt8]) {
    let seconds = ticks / 100
    let pad = { (value: UInt32) in value < 10 ? "0\(value)" : "\(value)" }
    let day = "\(seconds / 86_400):\(seconds / 3600 % 24):"
    text.append(contentsOf: "\(day)\(pad(seconds / 60 % 60)):\(pad(seconds % 60)).\(pad(ticks % 100))".utf8)
  }

  /// Quoted where all is printable ASCII or a tab. A line break would let a sender write lines of its own, so a string
  /// with one goes as hexadecimal, unlike Net-SNMP's.
  static func appendString(_ octets: Span<UInt8>, _ range: Range<Int>, to text: inout [UInt8]) {
    for index in range where !(0x20..<0x7F ~= octets[index] || octets[index] == 9) {
      return appendHexadecimal(octets, range, to: &text)
    }
    text.append(UInt8(ascii: "\""))
    for index in range {
      if octets[index] == UInt8(ascii: "\"") || octets[index] == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
      text.append(octets[index])
    }
    text.append(UInt8(ascii: "\""))
  }

  private static func appendHexadecimal(_ octets: Span<UInt8>, _ range: Range<Int>, to text: inout [UInt8]) {
    let digits = Array("0123456789ABCDEF".utf8)
    text.append(UInt8(ascii: "\""))
    for index in range {
      text.append(digits[Int(octets[index] >> 4)])
      text.append(digits[Int(octets[index] & 0xF)])
      text.append(UInt8(ascii: " "))
    }
    text.append(UInt8(ascii: "\""))
  }
}
