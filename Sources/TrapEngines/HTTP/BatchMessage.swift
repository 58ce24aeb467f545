package import TrapDispatch

/// One batch as HTTP carries it, pushed or fetched (`Documentation/HTTPFormat.md`).
package struct BatchMessage: Sendable {
  /// In the order of the documentation.
  package let headers: [(name: String, value: String)]
  /// Gaps, then traps: lines of JSON or raw records.
  package let body: [UInt8]

  package init(_ batch: DeliveryBatch, format: RecordFormat, options: JSONOptions) {
    headers = BatchMessageHeaders.make(batch, format)
    var records = RecordWriter(format: format, options: options)
    var body: [UInt8] = []
    body.reserveCapacity(Self.likelyOctets(batch, format))
    for gap in batch.gaps { records.append(gap, to: &body) }
    batch.forEachTrap { trap, octets in records.append(trap, octets, of: batch, to: &body) }
    self.body = body
  }

  /// Enough for most batches, so that the body seldom grows: names and attributes of 100 octets, or JSON of twice the
  /// datagram and its 300 octets of arrival facts and keys.
  internal static func likelyOctets(_ batch: DeliveryBatch, _ format: RecordFormat) -> Int {
    switch format {
    case .raw: 128 * batch.gaps.count + 160 * batch.count + batch.octetCount
    case .json: 4096 + 256 * batch.gaps.count + 300 * batch.count + 3 * batch.octetCount
    }
  }
}
