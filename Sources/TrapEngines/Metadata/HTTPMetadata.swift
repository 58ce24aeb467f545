package import Logging
package import TrapBatching
package import TrapClassification
package import TrapHTTP

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
  private let client: HTTPClient?
  private let send: Send

  /// `listeners`: their names, by number. Throws where a file of `settings.tls` cannot be read.
  package static func open(
    _ settings: HTTPMetadataSettings, listeners: [String], routeSets: RouteSetTable, log: Logger
  ) throws(HTTPClientError) -> HTTPMetadata {
    let client = try HTTPClient.start(name: settings.name, tls: settings.tls)
    return HTTPMetadata(settings, listeners: listeners, routeSets: routeSets, log: log, client: client) {
      client.send($0, completion: $1)
    }
  }

  internal init(
    _ settings: HTTPMetadataSettings, listeners: [String], routeSets: RouteSetTable, log: Logger,
    client: HTTPClient? = nil, send: @escaping Send
  ) {
    self.client = client
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
      case .answered(let answer):
        answers.post(answer)
        // Nothing more comes over this exchange, so the rest need not wait for the timeout to be asked again.
        let (named, asked) = (answer.items.count, request.keys.count)
        if named < asked {
          answers.fail(request, reason: "the answer is for \(named) of the \(asked) keys asked")
        }
      case .failed(let reason, let retryAfter): answers.fail(request, reason: reason, retryAfter: retryAfter)
      case .timedOut(let reason): answers.fail(request, reason: reason, isTimeout: true)
      }
    }
  }

  /// Fails what is under way; later requests fail at once. Whoever asks has been turned to another source before.
  package func stop() { client?.stop() }

  package var beats: [LoopBeat] { client.map { [$0.beat] } ?? [] }

  /// After `stop`: waits for the thread's end, `nanoseconds` at most; false where it still runs.
  package func waitUntilStopped(nanoseconds: UInt64) -> Bool {
    client?.waitUntilStopped(nanoseconds: nanoseconds) ?? true
  }

  internal func exchange(_ request: MetadataRequest, completion: @escaping @Sendable (HTTPMetadataOutcome) -> Void) {
    send(message(request)) { [self] result in
      switch result {
      case .success(let response): completion(outcome(of: request, response))
      case .failure(.timeout(let text)): completion(.timedOut(reason: HTTPFailure.timeout(text).description))
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
      // An answer under another 2xx may hold secrets.
      let tellsNothing = response.body.isEmpty || response.status < 300
      let excerpt = tellsNothing ? "" : ": " + HTTPMetadataProblem.quoted(response.body)
      // Only these two say that it is the service that wants to be left alone.
      let mayAsk = response.status == 429 || response.status == 503
      let pause = mayAsk ? RetryAfter.nanoseconds(response, now: SystemClock.wall()) : nil
      return .failed(reason: "status \(response.status)\(excerpt)", retryAfter: pause)
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
