internal import SNMPWire

/// The ordered list, without the two varbinds that are `uptime` and `trap.oid`.
extension TrapJSONWriter {
  internal func writeVarbinds(
    _ notification: NotificationDecoder, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>
  ) {
    line.write(",\"varbinds\":[")
    var reader = notification.varbinds
    var isFirst = true
    while let varbind = next(&reader, octets) {
      if notification.isHeader(varbind) { continue }
      line.write(isFirst ? "{\"oid\":\"" : ",{\"oid\":\"")
      isFirst = false
      OIDText.writeOID(octets, varbind.name, to: &line)
      writeValue(varbind, octets, to: &line)
      line.append(UInt8(ascii: "}"))
    }
    line.append(UInt8(ascii: "]"))
  }

  /// The decoder has read the same list without a mistake, so an error here ends it as its end does.
  private func next(_ reader: inout VarbindReader, _ octets: Span<UInt8>) -> Varbind? {
    do throws(BERError) {
      return try reader.next(octets)
    } catch {
      return nil
    }
  }

  private func writeValue(_ varbind: Varbind, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>) {
    switch varbind.type {
    case .integer32:
      line.write("\",\"type\":\"Integer32\",\"value\":")
      line.writeDecimal(varbind.integer(octets))
    case .counter32:
      line.write("\",\"type\":\"Counter32\",\"value\":")
      line.writeDecimal(varbind.unsigned(octets))
    case .unsigned32:
      line.write("\",\"type\":\"Gauge32\",\"value\":")
      line.writeDecimal(varbind.unsigned(octets))
    case .timeTicks:
      line.write("\",\"type\":\"TimeTicks\",\"value\":")
      line.writeDecimal(varbind.unsigned(octets))
    case .counter64:
      writeCounter64(varbind.unsigned(octets), to: &line)
    case .octetString:
      line.write("\",\"type\":\"OctetString\"")
      writeOctetString(varbind.value, octets, to: &line)
    case .objectIdentifier:
      line.write("\",\"type\":\"ObjectIdentifier\",\"value\":\"")
      OIDText.writeOID(octets, varbind.value, to: &line)
      line.append(UInt8(ascii: "\""))
    case .ipAddress:
      line.write("\",\"type\":\"IpAddress\",\"value\":\"")
      line.writeDotted(varbind.ipAddress(octets))
      line.append(UInt8(ascii: "\""))
    case .opaque, .float, .double, .null, .noSuchObject, .noSuchInstance, .endOfMibView:
      writeRareValue(varbind, octets, to: &line)
    }
  }

  private func writeRareValue(_ varbind: Varbind, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>) {
    line.write("\",\"type\":\"")
    line.writeText(varbind.type.name)
    line.append(UInt8(ascii: "\""))
    switch varbind.type {
    case .opaque: writeHexadecimal(varbind.value, octets, to: &line)
    case .float: writeReal(varbind.float(octets), to: &line)
    case .double: writeReal(varbind.double(octets), to: &line)
    default: line.write(",\"value\":null")
    }
  }

  private func writeCounter64(_ value: UInt64, to line: inout OutputSpan<UInt8>) {
    line.write("\",\"type\":\"Counter64\",\"value\":")
    if options.counter64AsText { line.append(UInt8(ascii: "\"")) }
    line.writeDecimal(value)
    if options.counter64AsText { line.append(UInt8(ascii: "\"")) }
  }

  private func writeOctetString(_ range: Range<Int>, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>) {
    let start = line.count
    line.write(",\"value\":")
    if line.writeString(octets, range) { return }
    line.removeLast(line.count - start)
    writeHexadecimal(range, octets, to: &line)
  }

  private func writeHexadecimal(_ range: Range<Int>, _ octets: Span<UInt8>, to line: inout OutputSpan<UInt8>) {
    line.write(",\"hex\":\"")
    line.writeHexadecimal(octets, range)
    line.append(UInt8(ascii: "\""))
  }

  /// The shortest digits that read back as the same value. JSON has no number for what is not finite.
  private func writeReal(_ value: some BinaryFloatingPoint & CustomStringConvertible, to line: inout OutputSpan<UInt8>)
  {
    line.write(",\"value\":")
    if value.isFinite { return line.writeText(value.description) }
    line.write(value.isNaN ? "\"NaN\"" : value < 0 ? "\"-Infinity\"" : "\"Infinity\"")
  }
}
