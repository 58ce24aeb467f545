internal import TrapBatching
package import TrapDispatch
internal import TrapLedger

/// Writes traps and gaps as raw records: arrival facts, names, and the datagram as it was received.
package struct RawRecordWriter: Sendable {
  package init() {}

  package func append(
    _ trap: DeliveredTrap, _ datagram: Span<UInt8>, of batch: DeliveryBatch, to octets: inout [UInt8]
  ) {
    let start = octets.count
    begin(RawRecord.trap, &octets)
    append(trap.sequence, &octets)
    append(UInt64(bitPattern: trap.received), &octets)
    append(trap.source.high, &octets)
    append(trap.source.low, &octets)
    append(trap.port, &octets)
    append(UInt16(0), &octets)
    append(batch.listenerName(trap), &octets)
    let attributes = batch.attributes(of: trap)
    append(UInt32(attributes.count), &octets)
    for attribute in attributes {
      append(attribute.name, &octets)
      append(attribute.value, &octets)
    }
    let header = octets.count - start
    octets.append(addingCapacity: datagram.count) { $0.write(datagram, 0..<datagram.count) }
    finish(&octets, start: start, header: header)
  }

  package func append(_ gap: Gap, to octets: inout [UInt8]) {
    let start = octets.count
    begin(RawRecord.gap, &octets)
    append(gap.count, &octets)
    append(gap.first, &octets)
    append(gap.last, &octets)
    append(UInt64(bitPattern: gap.from), &octets)
    append(UInt64(bitPattern: gap.until), &octets)
    append(gap.cause.name, &octets)
    finish(&octets, start: start, header: octets.count - start)
  }

  private func begin(_ type: UInt8, _ octets: inout [UInt8]) {
    append(RawRecord.magic, &octets)
    octets.append(RawRecord.version)
    octets.append(type)
    append(UInt16(0), &octets)
    append(UInt64(0), &octets)
  }

  /// Puts the sizes where `begin` left room, and behind the record.
  private func finish(_ octets: inout [UInt8], start: Int, header: Int) {
    let body = octets.count - start - header
    put(UInt32(header), at: start + 8, &octets)
    put(UInt32(body), at: start + 12, &octets)
    append(UInt32(header + body + RawRecord.trailerSize), &octets)
  }

  private func put(_ value: UInt32, at offset: Int, _ octets: inout [UInt8]) {
    for index in 0..<4 { octets[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * index)) }
  }

  private func append(_ text: String, _ octets: inout [UInt8]) {
    append(UInt32(text.utf8.count), &octets)
    octets.append(contentsOf: text.utf8)
  }

  private func append(_ value: some FixedWidthInteger & UnsignedInteger, _ octets: inout [UInt8]) {
    var shift = value.bitWidth
    while shift > 0 {
      shift -= 8
      octets.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
