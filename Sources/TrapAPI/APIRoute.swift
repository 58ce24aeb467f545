internal import Hummingbird
internal import TrapControl

/// A path of the API. `Documentation/openapi.yaml` describes each.
internal enum APIRoute: Equatable {
  case health
  case readiness
  case metrics
  case document
  case engines
  case engine(String)
  case batch(String)
  case acknowledgement(engine: String, batch: String)
  case replay(String)
  case metadata
  case flush
  case explain
  case status
  case sources
  case poll
  case v3Engines
  case v3Engine(String)

  /// Octets of the longest request target.
  static let targetMax = 8192

  /// nil where there is no such path.
  init?(path: Substring) throws(APIProblem) {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
    switch segments.first {
    case "healthz" where segments.count == 1: self = .health
    case "readyz" where segments.count == 1: self = .readiness
    case "metrics" where segments.count == 1: self = .metrics
    case "v1": try self.init(segments: Array(segments.dropFirst()))
    default: return nil
    }
  }

  private init?(segments: [String]) throws(APIProblem) {
    switch (segments.first, segments.count) {
    case ("openapi.yaml", 1): self = .document
    case ("engines", 1): self = .engines
    case ("engines", 2...): try self.init(engine: segments[1], rest: Array(segments.dropFirst(2)))
    case ("metadata", 1): self = .metadata
    case ("metadata", 2) where segments[1] == "flush": self = .flush
    case ("explain", 1): self = .explain
    case ("status", 1): self = .status
    case ("sources", 1): self = .sources
    case ("poll", 1): self = .poll
    case ("v3", 2) where segments[1] == "engines": self = .v3Engines
    case ("v3", 3) where segments[1] == "engines" && !segments[2].isEmpty:
      self = .v3Engine(try Self.engineID(segments[2]))
    default: return nil
    }
  }

  private init?(engine: String, rest: [String]) throws(APIProblem) {
    guard !engine.isEmpty else { return nil }
    switch (rest.first, rest.count) {
    case (nil, _): self = .engine(try Self.name(engine))
    case ("batch", 1): self = .batch(try Self.name(engine))
    case ("batch", 3) where rest[2] == "ack":
      self = .acknowledgement(engine: try Self.name(engine), batch: try Self.batchID(rest[1]))
    case ("replay", 1): self = .replay(try Self.name(engine))
    default: return nil
    }
  }

  private static func name(_ segment: String) throws(APIProblem) -> String {
    guard let name = PercentText.decode(segment), (1...63).contains(name.utf8.count),
      name.utf8.allSatisfy({ isNameOctet($0) }), let first = name.utf8.first, !".-_".utf8.contains(first)
    else {
      throw APIProblem(
        400,
        "an engine's name has 1 to 63 of A-Z a-z 0-9 . _ -, a letter or digit first, so that it cannot be taken for an "
          + "option or a hidden file; choose another")
    }
    return name
  }

  /// snmpEngineID in hexadecimal, 5 to 32 octets (RFC 3411 §5), with or without `0x`.
  private static func engineID(_ segment: String) throws(APIProblem) -> String {
    let text = PercentText.decode(segment)?.lowercased() ?? ""
    let digits = text.hasPrefix("0x") ? String(text.dropFirst(2)) : text
    guard let octets = PollHexadecimal.octets(digits), (5...32).contains(octets.count) else {
      throw APIProblem(400, "an SNMP engine's ID is 5 to 32 octets in hexadecimal, as GET /v1/v3/engines lists them")
    }
    return digits
  }

  private static func isNameOctet(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }

  /// Which batches there are the control plane knows; this keeps what cannot be one from it.
  private static func batchID(_ segment: String) throws(APIProblem) -> String {
    guard let id = PercentText.decode(segment), (1...41).contains(id.utf8.count),
      id.utf8.allSatisfy({ isNameOctet($0) })
    else { throw APIProblem(400, "a batch ID is what the Trapline-Batch header of the batch says; send that") }
    return id
  }
}
