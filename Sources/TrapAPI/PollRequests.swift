internal import FoundationEssentials
internal import TrapControl

/// Reads the body of `POST /v1/poll`. A key that it does not know is refused by name: a misspelt one would otherwise ask
/// for something else than was meant.
internal enum PollRequests {
  private static let known = KeyTree([
    "requests": KeyTree([
      "agent": nil, "operation": nil, "oids": nil, "nonRepeaters": nil, "maxRepetitions": nil, "credentials": nil,
      "timeout": nil, "retries": nil, "limit": nil,
    ])
  ])

  static func read(_ octets: Data) throws(APIProblem) -> [PollRequest] {
    let decoder = JSONDecoder()
    do {
      let tree = try decoder.decode(JSONKeys.self, from: octets)
      if let stranger = tree.stranger(known, whole: "the body") {
        throw APIProblem(
          400, "\(stranger.path) is not known; \(stranger.parent) takes \(stranger.known.joined(separator: ", "))")
      }
      let requests = try decoder.decode(PollBody.self, from: octets).requests
      try PollRequest.check(requests)
      return requests
    } catch let problem as APIProblem {
      throw problem
    } catch let problem as ControlProblem {
      throw APIProblem(problem)
    } catch let error as DecodingError {
      throw APIProblem(400, "the requests cannot be read: \(error.place)")
    } catch {
      throw APIProblem(400, "the body is not JSON; send {\"requests\":[{\"agent\":…,\"oids\":[…]}]}")
    }
  }
}
