internal import TrapControl
internal import TrapDispatch
internal import TrapEngines

extension LentBatch {
  /// The batch as it is pushed: the same header fields, the same octets.
  init(_ batch: DeliveryBatch, _ format: RecordFormat, _ options: JSONOptions) {
    let message = BatchMessage(batch, format: format, options: options)
    self.init(id: batch.id.description, headers: message.headers, body: message.body)
  }
}
