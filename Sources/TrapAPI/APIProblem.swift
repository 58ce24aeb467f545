internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import TrapControl

/// An answer that is not what was asked for: `application/problem+json` (RFC 9457 §3).
internal struct APIProblem: Error {
  let status: Int
  /// What is wrong and what to do, in a sentence.
  let detail: String
  var headers: [(name: HTTPField.Name, value: String)] = []

  init(_ status: Int, _ detail: String, headers: [(name: HTTPField.Name, value: String)] = []) {
    self.status = status
    self.detail = detail
    self.headers = headers
    // RFC 9110 §10.2.3. The control plane tells of states that pass within a second or so.
    if status == 429 || status == 503, headers.isEmpty { self.headers = [(.retryAfter, "1")] }
  }

  init(_ problem: ControlProblem) {
    self.init(problem.status, problem.detail)
  }

  var response: Response {
    let status = HTTPResponse.Status(code: status)
    let body = Body(title: status.reasonPhrase, status: status.code, detail: detail)
    // Three members that always encode; without them the status still says what matters.
    let octets = (try? APIAnswer.encoder().encode(body)) ?? Data()
    var fields = APIAnswer.fields("application/problem+json")
    for header in headers { fields[header.name] = header.value }
    return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets)))
  }

  private struct Body: Encodable {
    let type = "about:blank"
    let title: String
    let status: Int
    let detail: String
  }
}
