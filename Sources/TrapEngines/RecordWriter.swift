internal import TrapDispatch

/// Writes the records of a batch in either format.
internal struct RecordWriter {
  let format: RecordFormat
  private var json: TrapJSONWriter
  private var raw = RawRecordWriter()

  init(format: RecordFormat, options: JSONOptions) {
    self.format = format
    json = TrapJSONWriter(options: options)
  }

  mutating func append(_ gap: Gap, to octets: inout [UInt8]) {
    switch format {
    case .json: json.append(gap, to: &octets)
    case .raw: raw.append(gap, to: &octets)
    }
  }

  mutating func append(
    _ trap: DeliveredTrap, _ datagram: Span<UInt8>, of batch: DeliveryBatch, to octets: inout [UInt8]
  ) {
    switch format {
    case .json: json.append(trap, datagram, of: batch, to: &octets)
    case .raw: raw.append(trap, datagram, of: batch, to: &octets)
    }
  }
}
