internal import HTTPTypes
internal import Hummingbird
internal import TrapControl

/// Answers every request: who asks, for what, and what the control plane says.
internal struct APIResponder: HTTPResponder {
  let access: AccessControl
  let plane: any ControlPlane
  /// Seconds that a client may take to read a piece of its answer.
  let patience: Int64
  let bodies = BodyBudget()

  @Sendable func respond(to request: Request, context: APIContext) async throws -> Response {
    let response: Response
    do throws(APIProblem) {
      response = try await answer(request, context)
    } catch {
      response = error.response
    }
    // The answer to HEAD has no body (RFC 9110 §9.3.2), whatever its fields say.
    guard request.method == .head else { return response }
    return Response(status: response.status, headers: response.headers)
  }

  private func answer(_ request: Request, _ context: APIContext) async throws(APIProblem) -> Response {
    try access.refuseWebPages(request.head)
    let target = request.head.path ?? ""
    guard target.hasPrefix("/"), target.utf8.count <= APIRoute.targetMax else {
      throw APIProblem(400, "the request's target is a path of at most \(APIRoute.targetMax) octets; send that")
    }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let route = try? APIRoute(path: parts[0])
    // Whoever has no token learns nothing of which paths and engines there are.
    let caller =
      route?.isPublic == true ? .local : try access.caller(request.head, needsToken: route?.needsToken == true)
    guard let route = try APIRoute(path: parts[0]) else {
      throw APIProblem(404, "there is no such path; GET /v1/openapi.yaml describes those that there are")
    }
    guard route.methods.contains(request.method) else {
      let allowed = route.methods.map(\.rawValue).joined(separator: ", ")
      throw APIProblem(
        405, "\(request.method.rawValue) is not for this path; use \(allowed)", headers: [(.allow, allowed)])
    }
    try access.check(caller, route)
    let query = try APIQuery(parts.count == 2 ? parts[1] : nil, known: route.parameters)
    var call = APICall(request: request, query: query, caller: caller, context: context)
    if route.isProbe { call.isStranger = (try? access.caller(request.head)) == nil }
    return try await answer(route, call)
  }

  private func answer(_ route: APIRoute, _ call: APICall) async throws(APIProblem) -> Response {
    switch route {
    case .health: probe(await plane.health(), call)
    case .readiness: probe(await plane.readiness(), call)
    case .metrics: try await metrics(call)
    case .document: APIAnswer.text(OpenAPIDocument.text, contentType: "application/yaml")
    case .engines: try await engines(call)
    case .engine(let name): try await engine(name, call)
    case .batch(let name): try await batch(name, call)
    case .acknowledgement(let name, let batch): try await acknowledge(name, batch, call)
    case .replay(let name): try await replay(name, call)
    case .metadata: try await metadata(call)
    case .flush: try await flush(call)
    case .explain: try await explain(call)
    case .status: try await status(call)
    case .sources: try await sources(call)
    case .poll: try await poll(call)
    case .v3Engines: try await v3Engines(call)
    case .v3Engine(let id): try await forgetV3Engine(id, call)
    }
  }
}
