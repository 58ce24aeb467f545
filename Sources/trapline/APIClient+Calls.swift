internal import TrapControl
internal import TrapHTTP

/// The API's calls, as `Documentation/openapi.yaml` describes them.
extension APIClient {
  func status() throws(APIError) -> StatusView { try get("/v1/status", as: StatusView.self) }

  /// A part of the table of sources.
  func sources(_ question: SourcesView.Question) throws(APIError) -> SourcesView {
    var query = [("limit", "\(question.limit)")]
    if question.after > 0 { query.append(("after", "\(question.after)")) }
    if let address = question.address { query.append(("address", address)) }
    return try get("/v1/sources", query: query, as: SourcesView.self)
  }

  func engines() throws(APIError) -> [EngineView] { try get("/v1/engines", as: [EngineView].self) }
  func metadata() throws(APIError) -> MetadataView { try get("/v1/metadata", as: MetadataView.self) }

  func register(_ name: String, _ registration: EngineRegistration) throws(APIError) -> EngineView {
    guard let body = try? APIClient.encode(registration) else { throw .answer("a registration that is no JSON") }
    let response = try call("PUT", path(name), type: "application/json", body: body)
    return try APIClient.decode(EngineView.self, response.body)
  }

  func unregister(_ name: String) throws(APIError) { _ = try call("DELETE", path(name)) }

  /// nil when none came within `seconds`.
  func nextBatch(_ name: String, seconds: Int) throws(APIError) -> (id: String, body: [UInt8])? {
    let response = try call(
      "GET", path(name) + "/batch", query: [("wait", "\(seconds)s")], wait: UInt64(seconds) * 1_000_000_000)
    if response.status == 204 { return nil }
    guard let id = response.header("trapline-batch") else { throw .answer("a batch without Trapline-Batch") }
    return (id, response.body)
  }

  func acknowledge(_ name: String, batch: String) throws(APIError) {
    _ = try call("POST", path(name) + "/batch/" + APIClient.escaped(batch) + "/ack")
  }

  /// `lines`: dead letters, one JSON object a line.
  func replay(_ lines: [UInt8], to name: String) throws(APIError) -> ReplayResult {
    let response = try call("POST", path(name) + "/replay", type: "application/x-ndjson", body: lines)
    return try APIClient.decode(ReplayResult.self, response.body)
  }

  func explain(_ question: Explanation.Question) throws(APIError) -> Explanation {
    let pairs = [
      ("source", question.source), ("trap", question.trap), ("listener", question.listener),
      ("version", question.version),
    ]
    return try get(
      "/v1/explain", query: pairs.compactMap { pair in pair.1.map { (pair.0, $0) } }, as: Explanation.self)
  }

  func flushMetadata(source: String?) throws(APIError) {
    _ = try call("POST", "/v1/metadata/flush", query: source.map { [("source", $0)] } ?? [])
  }

  func poll(_ requests: [PollRequest]) throws(APIError) -> [PollAnswer] {
    guard let body = try? APIClient.encode(PollBody(requests)) else { throw .answer("requests that are no JSON") }
    let response = try call("POST", "/v1/poll", type: "application/json", body: body)
    return try APIClient.decode(PollAnswers.self, response.body).answers
  }

  func v3Engines() throws(APIError) -> [V3EngineView] { try get("/v1/v3/engines", as: [V3EngineView].self) }

  func forgetV3Engine(_ id: String) throws(APIError) {
    _ = try call("DELETE", "/v1/v3/engines/" + APIClient.escaped(id))
  }

  private func path(_ engine: String) -> String { "/v1/engines/" + APIClient.escaped(engine) }
}
