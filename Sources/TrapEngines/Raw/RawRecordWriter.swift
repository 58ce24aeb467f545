internal import TrapBatching
package import TrapDispatch
internal import TrapLedger

/// Writes traps and gaps as raw records: arrival facts, names, and the datagram as it was received. In the steady state
/// a trap costs no allocation.
package struct RawRecordWriter: Sendable {
  /// Octets of a trap's header before its listener's name, and of a gap's before its cause.
  private static let trapFixedSize = 52
  private static let gapFixedSize = 56
  private static let agentSize = 16

  private var batchID: BatchID?
  private var texts = RawTexts()

  package init() {}

  package mutating func append(
    _ trap: DeliveredTrap, _ datagram: Span<UInt8>, of batch: DeliveryBatch, to octets: inout [UInt8]
  ) {
    if batchID != batch.id {
      batchID = batch.id
      texts.removeAll()
    }
    let text = texts.range(trap, of: batch)
    let header = Self.trapFixedSize + text.count + (trap.agent == nil ? 0 : Self.agentSize)
    let size = header + datagram.count + RawRecord.trailerSize
    octets.append(addingCapacity: size) { record in
      Self.begin(RawRecord.trap, header: header, body: datagram.count, &record)
      record.writeBigEndian(trap.sequence)
      record.writeBigEndian(UInt64(bitPattern: trap.received))
      record.writeBigEndian(trap.source.high)
      record.writeBigEndian(trap.source.low)
      record.writeBigEndian(trap.port)
      record.writeBigEndian(UInt16(trap.marks.rawValue) | (trap.agent == nil ? 0 : RawRecord.agentFlag))
      record.write(texts.octets.span, text)
      if let agent = trap.agent {
        record.writeBigEndian(agent.high)
        record.writeBigEndian(agent.low)
      }
      record.write(datagram, 0..<datagram.count)
      record.writeBigEndian(UInt32(size))
    }
  }

  package func append(_ gap: Gap, to octets: inout [UInt8]) {
    let cause = gap.cause.name
    let header = Self.gapFixedSize + 4 + cause.utf8.count
    let size = header + RawRecord.trailerSize
    octets.append(addingCapacity: size) { record in
      Self.begin(RawRecord.gap, header: header, body: 0, &record)
      record.writeBigEndian(gap.count)
      record.writeBigEndian(gap.first)
      record.writeBigEndian(gap.last)
      record.writeBigEndian(UInt64(bitPattern: gap.from))
      record.writeBigEndian(UInt64(bitPattern: gap.until))
      record.writeBigEndian(UInt32(cause.utf8.count))
      record.writeText(cause)
      record.writeBigEndian(UInt32(size))
    }
  }

  @inline(__always)
  private static func begin(_ type: UInt8, header: Int, body: Int, _ record: inout OutputSpan<UInt8>) {
    record.writeBigEndian(RawRecord.magic)
    record.append(RawRecord.version)
    record.append(type)
    record.writeBigEndian(UInt16(0))
    record.writeBigEndian(UInt32(header))
    record.writeBigEndian(UInt32(body))
  }
}
