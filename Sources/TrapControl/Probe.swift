/// What a supervisor's question, `GET /healthz` or `GET /readyz`, is answered with.
package struct Probe: Sendable, Equatable {
  /// Over HTTP 200, otherwise 503.
  package let isGood: Bool
  /// A line: `ok`, or what is not as it should be.
  package let reason: String

  package static let ok = Probe(isGood: true, reason: "ok")

  package init(isGood: Bool, reason: String) {
    self.isGood = isGood
    self.reason = reason
  }
}
