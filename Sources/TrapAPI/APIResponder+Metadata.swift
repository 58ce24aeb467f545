internal import Hummingbird
internal import TrapControl

extension APIResponder {
  func metadata(_ call: APICall) async throws(APIProblem) -> Response {
    try APIAnswer.json(
      try await asking { () async throws(ControlProblem) in try await plane.metadata(by: call.caller) })
  }

  func flush(_ call: APICall) async throws(APIProblem) -> Response {
    let source = call.query["source"]
    try await asking { () async throws(ControlProblem) in
      try await plane.flushMetadata(source: source, by: call.caller)
    }
    return APIAnswer.empty()
  }

  func explain(_ call: APICall) async throws(APIProblem) -> Response {
    let question = try call.query.question()
    return try APIAnswer.json(
      try await asking { () async throws(ControlProblem) in try await plane.explain(question, by: call.caller) })
  }
}
