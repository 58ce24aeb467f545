/// Why the daemon does not do what it was asked for. Over HTTP: `application/problem+json` (RFC 9457) with this status.
package struct ControlProblem: Error, Sendable, Equatable {
  /// 400, 401, 403, 404, 409, 413, 429, 503.
  package var status: Int
  /// What is wrong and what to do, in a sentence.
  package var detail: String

  package init(_ status: Int, _ detail: String) {
    self.status = status
    self.detail = detail
  }
}
