extension PollRequest {
  /// Requests of one call.
  package static let requestsMax = 1000
  /// OIDs of one request.
  package static let oidsMax = 128
  package static let maxRepetitionsMax = 1000
  /// Varbinds of one walk, at most and by default.
  package static let limitMax = 1_000_000
  package static let limitDefault = 10_000
  package static let retriesMax = 10
  /// Nanoseconds of the longest timeout of one attempt.
  package static let timeoutMax: UInt64 = 60_000_000_000

  /// Throws 400 with the place of the first mistake, `requests[3].oids[0]`.
  package static func check(_ requests: [PollRequest]) throws(ControlProblem) {
    guard (1...requestsMax).contains(requests.count) else {
      throw ControlProblem(
        400, "requests has \(requests.count) elements; send 1 to \(requestsMax) in one call, the rest in another")
    }
    for (index, request) in requests.enumerated() { try request.check(at: "requests[\(index)]") }
  }

  private func check(at place: String) throws(ControlProblem) {
    guard PollTarget(agent) != nil else {
      throw ControlProblem(
        400, "\(place).agent is an address, like 192.0.2.7, 192.0.2.7:1161 or [2001:db8::7]:1161, not \"\(agent)\"")
    }
    guard (1...Self.oidsMax).contains(oids.count) else {
      throw ControlProblem(400, "\(place).oids has \(oids.count) elements; send 1 to \(Self.oidsMax)")
    }
    for (index, oid) in oids.enumerated() where !Self.isOID(oid) {
      throw ControlProblem(
        400, "\(place).oids[\(index)] is an OID in numbers, like 1.3.6.1.2.1.1.3.0, not \"\(oid.prefix(80))\"")
    }
    try check(nonRepeaters, 0...oids.count, "\(place).nonRepeaters", [.getbulk])
    try check(maxRepetitions, 1...Self.maxRepetitionsMax, "\(place).maxRepetitions", [.getbulk, .walk])
    try check(limit, 1...Self.limitMax, "\(place).limit", [.walk])
    try check(retries, 0...Self.retriesMax, "\(place).retries", PollOperation.allCases)
    guard timeout == nil || timeoutNanoseconds != nil else {
      throw ControlProblem(
        400, "\(place).timeout is a duration of 10ms to 60s, like 2s or 500ms, not \"\(timeout ?? "")\"")
    }
    guard credentials.map({ (1...255).contains($0.utf8.count) }) ?? true else {
      throw ControlProblem(400, "\(place).credentials is a name of the configuration's security, of 1 to 255 octets")
    }
  }

  private func check(
    _ value: Int?, _ range: ClosedRange<Int>, _ place: String, _ operations: [PollOperation]
  ) throws(ControlProblem) {
    guard let value else { return }
    guard operations.contains(operation ?? .get) else {
      throw ControlProblem(
        400,
        "\(place) is for \(operations.map(\.rawValue).joined(separator: " and ")), and operation is "
          + "\((operation ?? .get).rawValue); leave it out")
    }
    guard range.contains(value) else {
      throw ControlProblem(400, "\(place) is \(range.lowerBound) to \(range.upperBound), not \(value)")
    }
  }

  /// Nanoseconds of `timeout`; nil where it is none.
  package var timeoutNanoseconds: UInt64? {
    guard let timeout else { return nil }
    let digits = timeout.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.count <= 6, let number = UInt64(digits) else { return nil }
    let nanoseconds: UInt64
    switch timeout.dropFirst(digits.count) {
    case "ms": nanoseconds = number * 1_000_000
    case "s": nanoseconds = number * 1_000_000_000
    case "m": nanoseconds = number * 60_000_000_000
    default: return nil
    }
    return (10_000_000...Self.timeoutMax).contains(nanoseconds) ? nanoseconds : nil
  }

  /// RFC 2578 §3.5: at most 128 arcs of 32 bits, the first at most 2.
  private static func isOID(_ text: String) -> Bool {
    let dotted = text.hasPrefix(".") ? text.dropFirst() : text[...]
    guard dotted.utf8.count <= 128 * 11 else { return false }
    var arcs: [UInt32] = []
    for part in dotted.split(separator: ".", omittingEmptySubsequences: false) {
      guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let arc = UInt32(part) else { return false }
      arcs.append(arc)
    }
    return (2...128).contains(arcs.count) && arcs[0] <= 2 && (arcs[0] == 2 || arcs[1] < 40)
  }
}
