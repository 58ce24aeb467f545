internal import Foundation
internal import TrapHTTP

/// One daemon's API, a call at a time.
struct APIClient: Sendable {
  let address: APIAddress
  let token: String?
  /// Nanoseconds, of each call.
  var timeout: UInt64
  let http: HTTPClient

  /// A call that got an answer of 2xx.
  func call(
    _ method: String, _ path: String, query: [(String, String)] = [], type: String? = nil, body: [UInt8] = [],
    wait: UInt64 = 0
  ) throws(APIError) -> HTTPResponse {
    var request = HTTPRequest(address.base + path + APIClient.query(query))
    request.method = method
    request.unixSocket = address.unixSocket
    request.timeout = timeout + wait
    // A batch may be as large as its engine's credit in octets.
    request.responseMax = 64 << 20
    if let token { request.headers.append(("Authorization", "Bearer " + token)) }
    if let type { request.headers.append(("Content-Type", type)) }
    request.body = body
    switch http.perform(request) {
    case .failure(let failure): throw .failed(failure, at: address)
    case .success(let response):
      guard (200..<300).contains(response.status) else {
        throw .refused(status: response.status, detail: APIClient.detail(of: response))
      }
      return response
    }
  }

  func get<Answer: Decodable>(
    _ path: String, query: [(String, String)] = [], as type: Answer.Type
  ) throws(APIError) -> Answer {
    try APIClient.decode(type, call("GET", path, query: query).body)
  }

  static func decode<Answer: Decodable>(_ type: Answer.Type, _ body: [UInt8]) throws(APIError) -> Answer {
    do {
      return try JSONDecoder().decode(type, from: Data(body))
    } catch {
      throw .answer("\(error)")
    }
  }

  static func encode(_ value: some Encodable) throws -> [UInt8] { Array(try JSONText.line(value).utf8) }

  /// One segment of a path, or one name or value of a query (RFC 3986 §2.3).
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for octet in text.utf8 {
      switch octet {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        escaped.append(Character(Unicode.Scalar(octet)))
      default:
        escaped += "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
      }
    }
    return escaped
  }

  private static func query(_ pairs: [(String, String)]) -> String {
    pairs.isEmpty ? "" : "?" + pairs.map { escaped($0.0) + "=" + escaped($0.1) }.joined(separator: "&")
  }

  private struct Problem: Decodable { var title: String?, detail: String? }

  /// The sentence of a problem document, or what there is.
  private static func detail(of response: HTTPResponse) -> String {
    let problem = try? JSONDecoder().decode(Problem.self, from: Data(response.body))
    if let text = problem?.detail ?? problem?.title { return text }
    let body = String(decoding: response.body.prefix(200), as: UTF8.self).split(whereSeparator: \.isNewline).first
    return "the API answered with status \(response.status)" + (body.map { ": \($0)" } ?? "")
  }
}
