/// What came of a message that was sent.
internal enum PollReply {
  /// `status` and `index` are the response's error-status and error-index.
  case response(status: Int, index: Int, bindings: [PollBinding])
  case report(PollReport, engineID: [UInt8])
  case timeout
  case failed(String)
}
