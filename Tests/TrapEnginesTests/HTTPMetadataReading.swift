import SNMPWire
import Synchronization
import TrapBatching
import TrapClassification
import TrapHTTP

@testable import TrapEngines

/// A source of metadata whose service says what the test wants; and what came of it.
final class HTTPMetadataReading: Sendable {
  let log = TestLog()
  let routeSets = RouteSetTable()
  private let response = Mutex<Result<HTTPResponse, HTTPFailure>>(.failure(.stopped))
  private let sent = Mutex<HTTPRequest?>(nil)
  private let ended = Mutex<HTTPMetadataOutcome?>(nil)

  /// Asks for the keys under request 7, attempt 2, from a service that answers so.
  func outcome(
    _ result: Result<HTTPResponse, HTTPFailure>, keys: [MetadataKey],
    settings: HTTPMetadataSettings = HTTPMetadataSettings(name: "cmdb", url: "http://127.0.0.1:9/metadata")
  ) -> HTTPMetadataOutcome {
    response.withLock { $0 = result }
    let metadata = HTTPMetadata(
      settings, listeners: ["main", "lab"], routeSets: routeSets, log: log.logger
    ) { request, end in
      self.sent.withLock { $0 = request }
      end(self.response.withLock { $0 })
    }
    metadata.exchange(MetadataRequest(id: 7, attempt: 2, keys: keys)) { outcome in
      self.ended.withLock { $0 = outcome }
    }
    return ended.withLock { $0! }
  }

  func outcome(_ answers: String, keys: [MetadataKey]) -> HTTPMetadataOutcome {
    outcome(.success(HTTPResponse(status: 200, body: Array(answers.utf8))), keys: keys)
  }

  var request: HTTPRequest? { sent.withLock { $0 } }

  static func key(_ source: String, listener: UInt16 = 0, engine: [UInt8]? = nil, user: String = "") -> MetadataKey {
    MetadataKey(
      listener: listener, source: SourceAddress(source)!,
      v3: engine.map { V3Identity(engineID: $0, userName: Array(user.utf8)) })
  }

  /// One line per key: `192.0.2.7: [1.3.6 v2c] alarms,archive{site=LHR2}`.
  func text(_ outcome: HTTPMetadataOutcome) -> [String] {
    switch outcome {
    case .failed(let reason, let retryAfter):
      return [reason + (retryAfter.map { " (again after \($0 / 1_000_000_000) s)" } ?? "")]
    case .timedOut(let reason): return [reason]
    case .answered(let answer):
      return answer.items.map { item in
        let life = item.timeToLive.map { " for \($0 / 1_000_000_000) s" } ?? ""
        return "\(item.key.source)/\(item.key.listener): \(text(item.verdict))\(life)"
      }
    }
  }

  private func text(_ verdict: MetadataVerdict) -> String {
    guard case .program(let program) = verdict else { return "refused" }
    var parts = program.routes.map(text)
    if let credentials = program.credentials { parts.append("by \(credentials)") }
    if program.minimumLevel > 0 { parts.append("level \(program.minimumLevel)") }
    return parts.joined(separator: "; ")
  }

  private func text(_ route: Route) -> String {
    var conditions = [route.trapPrefix.map { "\($0)" } ?? ""] + route.versions.map { "v\($0.name)" }
    conditions += route.pdus.map { "\($0)" }
    if let community = route.community { conditions.append(String(decoding: community, as: UTF8.self)) }
    let condition = conditions.filter { !$0.isEmpty }.joined(separator: " ")
    guard route.routeSet != .none else { return "[\(condition)] nowhere" }
    let set = routeSets.routeSet(route.routeSet)
    let attributes = set.attributes.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
    return "[\(condition)] \(set.engines.joined(separator: ","))\(attributes.isEmpty ? "" : "{\(attributes)}")"
  }
}
