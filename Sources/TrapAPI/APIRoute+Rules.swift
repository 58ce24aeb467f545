internal import Hummingbird

extension APIRoute {
  var methods: [HTTPRequest.Method] {
    switch self {
    case .health, .readiness, .metrics: [.get, .head]
    case .document, .engines, .batch, .metadata, .explain, .status, .sources, .v3Engines: [.get]
    case .engine: [.get, .put, .delete]
    case .acknowledgement, .replay, .flush, .poll: [.post]
    case .v3Engine: [.delete]
    }
  }

  /// Asks for no token: what supervisors ask, few of which can send one, and what says nothing of this daemon.
  var isPublic: Bool { isProbe || self == .document }

  /// Whoever has no token gets its answer in one word.
  var isProbe: Bool { self == .health || self == .readiness }

  /// Asks others in our name, with secrets that the caller does not see: a token is needed on every address.
  var needsToken: Bool { self == .poll }

  /// The engine that it is about.
  var engine: String? {
    switch self {
    case .engine(let name), .batch(let name), .acknowledgement(let name, _), .replay(let name): name
    default: nil
    }
  }

  /// About the daemon rather than one engine, or about what others sent it: a token needs `isAdmin`.
  var isForAdmins: Bool {
    switch self {
    case .metadata, .flush, .explain, .status, .sources, .metrics, .replay, .v3Engines, .v3Engine: true
    default: false
    }
  }

  /// Parameters of the query that it knows.
  var parameters: [String] {
    switch self {
    case .batch: ["wait"]
    case .acknowledgement: ["outcome"]
    case .flush: ["source"]
    case .explain: ["source", "trap", "listener", "version"]
    case .sources: ["after", "limit", "address"]
    case .metrics: ["sources"]
    default: []
    }
  }
}
