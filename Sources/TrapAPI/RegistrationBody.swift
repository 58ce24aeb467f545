internal import FoundationEssentials
internal import TrapControl

/// Reads the body of `PUT /v1/engines/{name}`. A key that it does not know is refused by name: a misspelt one would
/// otherwise register something else than was meant.
internal enum RegistrationBody {
  private static let selection = KeyTree(["source": nil, "trap": nil, "version": nil, "listener": nil, "pdu": nil])
  private static let known = KeyTree([
    "start": nil, "format": nil, "subscribe": selection, "filter": selection,
    "batch": KeyTree(["size": nil, "maxBytes": nil, "maxWait": nil]),
    "throttle": KeyTree(["outstanding": nil, "maxBytes": nil]),
    "queue": KeyTree(["limit": nil, "reserve": nil]),
    "ackTimeout": nil, "lease": nil, "persist": nil,
  ])

  /// An empty body registers with the defaults.
  static func read(_ octets: Data) throws(APIProblem) -> EngineRegistration {
    if octets.isEmpty { return EngineRegistration() }
    let decoder = JSONDecoder()
    do {
      let tree = try decoder.decode(JSONKeys.self, from: octets)
      if let stranger = tree.stranger(known) {
        throw APIProblem(
          400, "\(stranger.path) is not known; \(stranger.parent) takes \(stranger.known.joined(separator: ", "))")
      }
      return try decoder.decode(EngineRegistration.self, from: octets)
    } catch let problem as APIProblem {
      throw problem
    } catch let error as DecodingError {
      throw APIProblem(400, "the registration cannot be read: \(error.place)")
    } catch {
      throw APIProblem(400, "the registration is not JSON; send one object")
    }
  }
}
