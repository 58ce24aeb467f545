internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import TrapControl

extension APIResponder {
  /// A refusal of the control plane is the answer's.
  func asking<Result>(_ ask: () async throws(ControlProblem) -> Result) async throws(APIProblem) -> Result {
    do throws(ControlProblem) {
      return try await ask()
    } catch {
      throw APIProblem(error)
    }
  }

  func engines(_ call: APICall) async throws(APIProblem) -> Response {
    let views = await plane.engines(for: call.caller)
    return try APIAnswer.json(views.filter { access.mayList($0.name, call.caller) })
  }

  func engine(_ name: String, _ call: APICall) async throws(APIProblem) -> Response {
    switch call.request.method {
    case .put: return try await register(name, call)
    case .delete:
      try await asking { () async throws(ControlProblem) in try await plane.unregister(name, by: call.caller) }
      return APIAnswer.empty()
    default:
      return try APIAnswer.json(
        try await asking { () async throws(ControlProblem) in try await plane.engine(name, by: call.caller) })
    }
  }

  private func register(_ name: String, _ call: APICall) async throws(APIProblem) -> Response {
    let registration = try await bodies.withBody(of: call.request, max: BodyBudget.registrationMax) {
      (body) async throws(APIProblem) in try RegistrationBody.read(Data(body.readableBytesView))
    }
    let outcome = try await asking { () async throws(ControlProblem) in
      try await plane.register(name, registration, by: call.caller)
    }
    var response = try APIAnswer.json(outcome.view, status: outcome.isNew ? .created : .ok)
    if outcome.isNew { response.headers[.location] = "/v1/engines/\(name)" }
    return response
  }

  func acknowledge(_ name: String, _ batch: String, _ call: APICall) async throws(APIProblem) -> Response {
    let outcome = try call.query.outcome()
    try await asking { () async throws(ControlProblem) in
      try await plane.acknowledge(name, batch: batch, outcome, by: call.caller)
    }
    return APIAnswer.empty()
  }

  func replay(_ name: String, _ call: APICall) async throws(APIProblem) -> Response {
    let result = try await bodies.withBody(of: call.request, max: BodyBudget.replayMax) {
      (body) async throws(APIProblem) in
      let letters = try ReplayBody.read(Data(body.readableBytesView))
      return try await asking { () async throws(ControlProblem) in
        try await plane.replay(letters, to: name, by: call.caller)
      }
    }
    return try APIAnswer.json(result)
  }
}
