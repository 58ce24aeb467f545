internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle
internal import TrapControl

extension APIResponder {
  /// Waits for the engine's next batch, for as long as its client and this server are there.
  func batch(_ name: String, _ call: APICall) async throws(APIProblem) -> Response {
    let wait = try call.query.wait()
    // Without the watch a poll of a client that has gone ends at its deadline: later, and no worse.
    let watch = try? await call.context.channel.pipeline.handler(type: ConnectionWatch.self).get()
    let poll = Task { [plane] () async -> Result<LentBatch?, ControlProblem> in
      do throws(ControlProblem) {
        return .success(try await plane.nextBatch(name, wait: wait, by: call.caller))
      } catch {
        return .failure(error)
      }
    }
    watch?.whenGone { poll.cancel() }
    defer { watch?.forget() }
    let outcome = await withTaskCancellationHandler {
      await withGracefulShutdownHandler {
        await poll.value
      } onGracefulShutdown: {
        poll.cancel()
      }
    } onCancel: {
      poll.cancel()
    }
    switch outcome {
    case .success(let batch?):
      return BatchAnswer(batch: batch, channel: call.context.channel, patience: patience).response
    case .success(nil): return APIAnswer.empty()
    case .failure(let problem): throw APIProblem(problem)
    }
  }
}
