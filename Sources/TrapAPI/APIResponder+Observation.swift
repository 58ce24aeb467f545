internal import HTTPTypes
internal import Hummingbird
internal import TrapControl

// What supervisors, collectors and people look at.
extension APIResponder {
  func status(_ call: APICall) async throws(APIProblem) -> Response {
    try APIAnswer.json(try await asking { () async throws(ControlProblem) in try await plane.status(by: call.caller) })
  }

  func sources(_ call: APICall) async throws(APIProblem) -> Response {
    var question = SourcesView.Question()
    question.after = UInt32(try call.query.number("after", 0...Int(UInt32.max)) ?? 0)
    question.limit = try call.query.number("limit", 1...SourcesView.limitMax) ?? SourcesView.limitDefault
    question.address = call.query["address"]
    let asked = question
    return try APIAnswer.json(
      try await asking { () async throws(ControlProblem) in try await plane.sources(asked, by: call.caller) })
  }

  /// Prometheus' text exposition format 0.0.4, which it asks for by this content type.
  func metrics(_ call: APICall) async throws(APIProblem) -> Response {
    let busiest = try call.query.number("sources", 0...MetricsBounds.sourcesMax) ?? 0
    let page = try await asking { () async throws(ControlProblem) in
      try await plane.metrics(busiest: busiest, by: call.caller)
    }
    return Response(
      status: .ok, headers: APIAnswer.fields("text/plain; version=0.0.4; charset=utf-8"),
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: page)))
  }

  /// Supervisors look at the status alone, and people at the line.
  func probe(_ probe: Probe, _ call: APICall) -> Response {
    let line = probe.isGood ? "ok" : call.isStranger ? "no" : probe.reason
    return APIAnswer.text(
      line + "\n", contentType: "text/plain; charset=utf-8", status: probe.isGood ? .ok : .serviceUnavailable)
  }
}
