internal import SNMPWire
internal import TrapBatching
package import TrapDispatch
internal import TrapLedger

/// Writes traps and gaps as lines of JSON, each the one object that `Documentation/` shows, into octets that the caller
/// reuses. In the steady state a trap costs no allocation.
///
/// A member whose fact is not known is left out. What cannot be decoded has `error` and `raw`, and what is known of it.
package struct TrapJSONWriter {
  package let options: JSONOptions
  private var batchID: BatchID?
  private var texts = BatchTexts()
  internal var times = TimestampText()
  internal var oid = TrapOID()

  package init(options: JSONOptions = JSONOptions()) {
    self.options = options
  }

  /// Room for the longest line of a datagram: no octet of it yields more than 13 of text (a varbind of six octets
  /// yields the keys, a type and a value), and at most two for `raw`; the head and the texts of the batch come on top.
  private static func capacity(_ octetCount: Int, _ texts: Int) -> Int { 2048 + 20 * octetCount + texts }

  /// Appends one line for the trap, whatever its octets are.
  package mutating func append(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, of batch: DeliveryBatch, to lines: inout [UInt8]
  ) {
    if batchID != batch.id {
      batchID = batch.id
      texts.removeAll()
    }
    let listener = texts.listener(trap, of: batch)
    let attributes = texts.attributes(trap, of: batch)
    let room = Self.capacity(octets.count, listener.count + attributes.count)
    lines.append(addingCapacity: room) { line in
      line.write("{\"sequence\":")
      line.writeDecimal(trap.sequence)
      line.write(",\"received\":")
      times.write(trap.received, to: &line)
      line.write(",\"listener\":")
      line.write(texts.octets.span, listener)
      line.write(",\"source\":\"")
      line.writeAddress(trap.source)
      line.write("\",\"port\":")
      line.writeDecimal(UInt64(trap.port))
      writeMessage(trap, octets, to: &line)
      line.write(texts.octets.span, attributes)
      line.write("}\n")
    }
  }

  /// Appends one line for the gap: `{"missed":{…}}`.
  package mutating func append(_ gap: Gap, to lines: inout [UInt8]) {
    lines.append(addingCapacity: 512) { line in
      line.write("{\"missed\":{\"count\":")
      line.writeDecimal(gap.count)
      line.write(",\"first\":")
      line.writeDecimal(gap.first)
      line.write(",\"last\":")
      line.writeDecimal(gap.last)
      line.write(",\"from\":")
      times.write(gap.from, to: &line)
      line.write(",\"until\":")
      times.write(gap.until, to: &line)
      line.write(",\"cause\":\"")
      line.writeText(gap.cause.name)
      line.write("\"}}\n")
    }
  }
}
