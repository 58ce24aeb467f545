internal import CCurl

// A request in libcurl's words.
extension Transfer {
  /// Octets of the body that go to the kernel at once.
  private static let uploadBuffer = 256 << 10

  func configure(_ tls: HTTPClientTLS) throws(HTTPFailure) {
    guard let host = HTTPAddress.host(request.url) else {
      throw .url("\(request.url) is not a URL of http or https")
    }
    setFunctions()
    set(CURLOPT_URL, request.url)
    unsafe ccurl_limit_protocols(easy)
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    unsafe ccurl_forget_lookups(easy)
    set(CURLOPT_TIMEOUT_MS, Self.milliseconds(request.timeout))
    set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(request.connectTimeout))
    if let path = request.unixSocket { set(CURLOPT_UNIX_SOCKET_PATH, path) }
    if request.unixSocket != nil || HTTPAddress.isLoopback(host) { set(CURLOPT_NOPROXY, "*") }
    setTLS(tls)
    setMethod()
    try setHeaders()
  }

  private func setTLS(_ tls: HTTPClientTLS) {
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    if let file = tls.caFile { set(CURLOPT_CAINFO, file) }
    if let file = tls.certificateFile { set(CURLOPT_SSLCERT, file) }
    if let file = tls.keyFile ?? tls.certificateFile { set(CURLOPT_SSLKEY, file) }
  }

  private func setMethod() {
    let wantsBody = !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method)
    if wantsBody {
      set(CURLOPT_POST, 1)
      _ = unsafe ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
      set(CURLOPT_UPLOAD_BUFFERSIZE, min(Self.uploadBuffer, max(16 << 10, request.body.count + 4096)))
    }
    switch request.method {
    case "GET" where !wantsBody, "POST": break
    case "HEAD": set(CURLOPT_NOBODY, 1)
    default: set(CURLOPT_CUSTOMREQUEST, request.method)
    }
  }

  /// libcurl's own `Expect` would cost a round trip, and its own `Content-Type` would be wrong: an empty field drops it.
  private func setHeaders() throws(HTTPFailure) {
    var lines = ["Expect:", "User-Agent: trapline"]
    if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
    for (name, value) in request.headers {
      guard !(name + value).utf8.contains(where: { $0 < 32 || $0 == 127 }) else {
        throw .url("the header \(name.debugDescription) holds a control character")
      }
      lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
    }
    for line in lines { unsafe headerList = curl_slist_append(headerList, line) }
    _ = unsafe ccurl_set_headers(easy, headerList)
  }

  private func set(_ option: CURLoption, _ value: Int) { _ = unsafe ccurl_set_number(easy, option, value) }
  private func set(_ option: CURLoption, _ text: String) { _ = unsafe ccurl_set_text(easy, option, text) }

  /// Zero would mean no limit at all to libcurl.
  private static func milliseconds(_ nanoseconds: UInt64) -> Int {
    Int(clamping: min(max(1, (nanoseconds + 999_999) / 1_000_000), UInt64(Int32.max)))
  }
}
