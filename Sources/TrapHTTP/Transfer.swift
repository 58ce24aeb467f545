internal import CCurl

/// One request under way: libcurl's easy handle, how much of the body has gone, what has come of the answer.
/// Confined to the client's thread.
@safe internal final class Transfer {
  let request: HTTPRequest
  let easy: UnsafeMutableRawPointer
  var answer: PartialAnswer
  private let completion: HTTPClient.Completion
  /// Octets of the request's body that libcurl has taken.
  private var sent = 0
  var headerList: UnsafeMutablePointer<curl_slist>?
  let complaint: UnsafeMutablePointer<CChar>

  init(_ request: HTTPRequest, _ completion: @escaping HTTPClient.Completion) throws(HTTPFailure) {
    guard let easy = unsafe curl_easy_init() else { throw HTTPFailure.connect("libcurl is out of memory") }
    unsafe self.easy = easy
    self.request = request
    self.completion = completion
    answer = PartialAnswer(bodyMax: request.responseMax, dropsRest: request.dropsResponseRest)
    unsafe headerList = nil
    unsafe complaint = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe complaint.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    unsafe curl_easy_cleanup(easy)
    unsafe curl_slist_free_all(headerList)
    unsafe complaint.deallocate()
  }

  var key: TransferKey { unsafe TransferKey(address: UInt(bitPattern: easy)) }

  /// After its last call from libcurl.
  func finish(_ result: Result<HTTPResponse, HTTPFailure>) { completion(result) }

  func result(_ code: CURLcode) -> Result<HTTPResponse, HTTPFailure> {
    if answer.isTooLarge { return .failure(.tooLarge(limit: request.responseMax)) }
    guard code == CURLE_OK else {
      return .failure(HTTPFailure(code, text(code), wasConnected: unsafe ccurl_was_connected(easy) != 0))
    }
    guard answer.hasWholeHeader else { return .failure(.interrupted("the connection ended within the header")) }
    return .success(answer.response(status: unsafe ccurl_status(easy)))
  }

  /// libcurl's sentence on this transfer, else its general one on the code.
  private func text(_ code: CURLcode) -> String {
    let own = unsafe String(cString: complaint)
    return own.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : own
  }

  /// The one copy of the body: into libcurl's buffer.
  func takeBody(_ room: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(room.count, request.body.count - sent)
    unsafe request.body.withUnsafeBytes { body in
      unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: body[sent..<sent + count]))
    }
    sent += count
    return count
  }

  /// False for a place that the body does not have.
  func rewind(to offset: Int) -> Bool {
    guard (0...request.body.count).contains(offset) else { return false }
    sent = offset
    return true
  }
}
