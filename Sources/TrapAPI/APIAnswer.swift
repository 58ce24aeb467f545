internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import TrapControl

/// Answers that say yes.
internal enum APIAnswer {
  static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  /// Every answer is about now, and is read as what it says it is.
  static func fields(_ contentType: String?) -> HTTPFields {
    var fields = HTTPFields()
    fields[.cacheControl] = "no-store"
    fields[.xContentTypeOptions] = "nosniff"
    fields[.contentType] = contentType
    return fields
  }

  /// One line, with its end: what follows it on a terminal begins a line of its own.
  static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws(APIProblem) -> Response {
    guard let octets = try? encoder().encode(value) else {
      throw APIProblem(500, "the answer cannot be written as JSON; report this with the request")
    }
    return Response(
      status: status, headers: fields("application/json"),
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets + [UInt8(ascii: "\n")])))
  }

  static func text(_ text: String, contentType: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: fields(contentType), body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  static func empty() -> Response { Response(status: .noContent, headers: fields(nil)) }
}
