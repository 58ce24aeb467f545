internal import FoundationEssentials
internal import Logging
internal import TrapBatching
internal import TrapControl
internal import TrapDispatch

// Dead letters on their way back.
extension DaemonControl {
  private static let chunk = 256

  func replay(
    _ letters: [ReplayLetter], to name: String, by caller: ControlCaller
  ) async throws(ControlProblem) -> ReplayResult {
    try checkAdministrator(caller)
    _ = try member(name, caller)
    var replayed = 0
    while replayed < letters.count {
      let part = letters[replayed..<min(replayed + Self.chunk, letters.count)]
      let taken = try put(part, from: replayed, to: name)
      replayed += taken
      guard taken == part.count else { return ReplayResult(replayed: replayed, isFull: true) }
    }
    log.notice("\(replayed) dead letters were replayed to processing engine \(name)")
    return ReplayResult(replayed: replayed, isFull: false)
  }

  /// - Parameter first: the number of letters before these, to name a bad one.
  private func put(
    _ letters: ArraySlice<ReplayLetter>, from first: Int, to name: String
  ) throws(ControlProblem) -> Int {
    var datagrams: [(facts: ArrivalFacts, octets: [UInt8])] = []
    for (offset, letter) in letters.enumerated() {
      datagrams.append(try datagram(letter, number: first + offset + 1))
    }
    let octets = datagrams.reduce(0) { $0 + $1.octets.count }
    var slab = Slab(octetCapacity: max(octets, Int(UInt16.max)), entryCapacity: max(datagrams.count, 1))
    for datagram in datagrams { _ = slab.append(datagram.facts, datagram.octets.span) }
    let attributes = letters.map { letter in
      (letter.attributes ?? [:]).sorted { $0.key < $1.key }.map { TrapAttribute(name: $0.key, value: $0.value) }
    }
    guard
      let taken = eventQueue.replay(slab, attributes: attributes, to: name, now: SystemClock.monotonic())
    else { throw ControlProblem(409, "processing engine \(name) takes no new traps: it is on its way out") }
    return taken
  }

  private func datagram(
    _ letter: ReplayLetter, number: Int
  ) throws(ControlProblem) -> (facts: ArrivalFacts, octets: [UInt8]) {
    func wrong(_ what: String) -> ControlProblem { ControlProblem(400, "letter \(number): \(what)") }
    guard let source = SourceAddress(letter.source) else { throw wrong("source \(letter.source) is no address") }
    guard let octets = Data(base64Encoded: letter.raw).map({ [UInt8]($0) }), !octets.isEmpty else {
      throw wrong("raw is not base64")
    }
    guard octets.count <= Int(UInt16.max) else { throw wrong("raw is longer than a datagram can be") }
    let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let received = (try? format.parse(letter.received)) ?? (try? Date.ISO8601FormatStyle().parse(letter.received))
    else { throw wrong("received \(letter.received) is no RFC 3339 time") }
    let listener = terms.listeners.firstIndex(of: letter.listener) ?? 0
    // Microseconds are what a letter tells; a Double holds them exactly for this century.
    let microseconds = Int64((received.timeIntervalSince1970 * 1_000_000).rounded())
    let facts = ArrivalFacts(
      received: microseconds * 1000, source: source, port: letter.port, listener: UInt16(listener))
    return (facts, octets)
  }
}
