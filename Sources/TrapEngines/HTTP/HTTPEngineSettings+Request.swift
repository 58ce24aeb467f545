internal import TrapDispatch
internal import TrapHTTP

extension HTTPEngineSettings {
  /// Octets of an answer's body that are kept.
  private static let answerMax = 1024

  /// A batch as the request that pushes it: the same one each time.
  internal func request(_ batch: DeliveryBatch) -> HTTPRequest {
    let message = BatchMessage(batch, format: format, options: json)
    var request = HTTPRequest(url)
    request.method = "POST"
    // Who receives NDJSON may know it by another name: a field of the configuration takes the place of ours.
    let names = Set(headers.map { $0.name.lowercased() })
    request.headers = message.headers.filter { !names.contains($0.name.lowercased()) } + headers
    if let token { request.headers.append(("Authorization", "Bearer \(token)")) }
    request.body = message.body
    request.timeout = timeout
    request.connectTimeout = connectTimeout
    request.unixSocket = unixSocket
    request.responseMax = Self.answerMax
    request.dropsResponseRest = true
    return request
  }
}
