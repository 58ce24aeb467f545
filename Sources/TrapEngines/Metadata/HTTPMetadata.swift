internal import Logging
internal import TrapBatching
package import TrapClassification
internal import TrapHTTP

/// Metadata from a service over HTTP: one POST carries all keys that missed together (Documentation/Metadata.md).
///
/// Several requests may be under way; the classifier bounds them, asks again, and leaves a service that is down alone.
/// The service's answers are read on its own client's thread, so a slow or talkative one delays nobody else.
package final class HTTPMetadata: MetadataSource {
  /// Begins one exchange, and tells its end exactly once, from any thread.
  internal typealias Send =
    @Sendable (HTTPRequest, @escaping @Sendable (Result<HTTPResponse, HTTPFailure>) -> Void) -> Void

  package let name: String
  package var kind: String { "http" }
  package var answersAtOnce: Bool { false }

  private let settings: HTTPMetadataSettings
  private let names: HTTPMetadataNames
  private let programs: HTTPMetadataPrograms
  private let log: HTTPMetadataLog
  private let send: Send

  internal init(
    _ settings: HTTPMetadataSettings, listeners: [String], routeSets: RouteSetTable, log: Logger, send: @escaping Send
  ) {
    name = settings.name
    self.settings = settings
    names = HTTPMetadataNames(listeners: listeners)
    programs = HTTPMetadataPrograms(routeSets: routeSets)
    self.log = HTTPMetadataLog(name: settings.name, log: log)
    self.send = send
  }

  package func ask(_ request: MetadataRequest, answers: MetadataAnswers) {
    exchange(request) { outcome in
      switch outcome {
      case .answered(let answer): answers.post(answer)
      case .failed(let reason, let retryAfter): answers.fail(request.id, reason: reason, retryAfter: retryAfter)
      }
    }
  }

  internal func exchange(_ request: MetadataRequest, completion: @escaping @Sendable (HTTPMetadataOutcome) -> Void) {
    send(message(request)) { [self] result in
      switch result {
      case .success(let response): completion(outcome(of: request, response))
      case .failure(let failure): completion(.failed(reason: failure.description, retryAfter: nil))
      }
    }
  }

  private func message(_ request: MetadataRequest) -> HTTPRequest {
    var message = HTTPRequest(settings.url)
    message.method = "POST"
    message.headers = settings.headers
    message.headers += [
      ("Content-Type", "application/json"), ("Accept", "application/json"), ("Trapline-Request", String(request.id)),
    ]
    if let token = settings.token { message.headers.append(("Authorization", "Bearer \(token)")) }
    message.body = names.body(request)
    message.timeout = settings.timeout
    message.connectTimeout = settings.connectTimeout
    message.responseMax = settings.responseMax
    message.unixSocket = settings.unixSocket
    return message
  }

  private func outcome(of request: MetadataRequest, _ response: HTTPResponse) -> HTTPMetadataOutcome {
    guard response.status == 200 else {
      let excerpt = response.body.isEmpty ? "" : ": " + HTTPMetadataProblem.quoted(response.body)
      return .failed(
        reason: "status \(response.status)\(excerpt)",
        retryAfter: HTTPMetadataRetryAfter.nanoseconds(of: response, wall: SystemClock.wall()))
    }
    var reader = HTTPMetadataReader(request, names: names, make: programs)
    let read = Result { () throws(HTTPMetadataProblem) in try reader.read(response.body) }
    log.tell(reader.complaints, of: reader.complaintCount, request: request.id, now: SystemClock.monotonic())
    switch read {
    case .success(let answer): return .answered(answer)
    case .failure(let problem): return .failed(reason: problem.description, retryAfter: nil)
    }
  }
}
