internal import FoundationEssentials
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle
internal import TrapControl

extension APIResponder {
  /// Waits for the agents, for as long as its client and this server are there.
  func poll(_ call: APICall) async throws(APIProblem) -> Response {
    let requests = try await bodies.withBody(of: call.request, max: BodyBudget.pollMax) {
      (body) async throws(APIProblem) in try PollRequests.read(Data(body.readableBytesView))
    }
    // Without the watch a client that has gone costs what its agents take to answer: more work, and no harm.
    let watch = try? await call.context.channel.pipeline.handler(type: ConnectionWatch.self).get()
    let asking = Task { [plane] () async -> Result<[PollAnswer], ControlProblem> in
      do throws(ControlProblem) {
        return .success(try await plane.poll(requests, by: call.caller))
      } catch {
        return .failure(error)
      }
    }
    watch?.whenGone { asking.cancel() }
    defer { watch?.forget() }
    let outcome = await withTaskCancellationHandler {
      await withGracefulShutdownHandler {
        await asking.value
      } onGracefulShutdown: {
        asking.cancel()
      }
    } onCancel: {
      asking.cancel()
    }
    switch outcome {
    case .success(let answers): return try APIAnswer.json(PollAnswers(answers))
    case .failure(let problem): throw APIProblem(problem)
    }
  }

  func v3Engines(_ call: APICall) async throws(APIProblem) -> Response {
    try APIAnswer.json(
      try await asking { () async throws(ControlProblem) in try await plane.v3Engines(by: call.caller) })
  }

  func forgetV3Engine(_ id: String, _ call: APICall) async throws(APIProblem) -> Response {
    try await asking { () async throws(ControlProblem) in try await plane.forgetV3Engine(id, by: call.caller) }
    return APIAnswer.empty()
  }
}
