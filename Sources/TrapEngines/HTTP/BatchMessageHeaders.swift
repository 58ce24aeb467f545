internal import TrapDispatch
internal import TrapLedger

/// The header fields of a batch.
internal enum BatchMessageHeaders {
  /// Servers bound what they read of a header, often at 8 KiB; the body tells every gap.
  static let gapsMax = 32

  static func make(_ batch: DeliveryBatch, _ format: RecordFormat) -> [(name: String, value: String)] {
    var headers: [(name: String, value: String)] = [
      ("Content-Type", contentType(format)),
      ("Trapline-Engine", batch.engine),
      ("Trapline-Batch", batch.id.description),
      ("Trapline-Count", String(batch.count)),
      ("Trapline-First-Sequence", String(batch.firstSequence)),
      ("Trapline-Last-Sequence", String(batch.lastSequence)),
    ]
    var times = TimestampText()
    for gap in batch.gaps.prefix(gapsMax) { headers.append(("Trapline-Missed", text(gap, &times))) }
    return headers
  }

  static func contentType(_ format: RecordFormat) -> String {
    switch format {
    case .json: "application/x-ndjson"
    case .raw: "application/vnd.trapline.batch"
    }
  }

  private static func text(_ gap: Gap, _ times: inout TimestampText) -> String {
    "\(gap.count); first=\(gap.first); last=\(gap.last); from=\(time(gap.from, &times)); "
      + "until=\(time(gap.until, &times)); cause=\(gap.cause.name)"
  }

  /// Without the quotes that JSON wants.
  private static func time(_ time: Int64, _ times: inout TimestampText) -> String {
    var octets: [UInt8] = []
    octets.append(addingCapacity: 64) { times.write(time, to: &$0) }
    return String(decoding: octets.dropFirst().dropLast(), as: UTF8.self)
  }
}
