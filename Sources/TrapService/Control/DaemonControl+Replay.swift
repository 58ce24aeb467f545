internal import FoundationEssentials
internal import Logging
internal import SNMPWire
internal import TrapBatching
internal import TrapControl
internal import TrapDispatch

// Dead letters on their way back.
extension DaemonControl {
  /// Letters that are put back in one go, at most.
  private static let chunk = 256

  private typealias Datagram = (
    facts: ArrivalFacts, octets: [UInt8], attributes: [TrapAttribute], findings: TrapFindings
  )

  /// Every letter is read before the first is put back: with one that cannot be read, none is replayed.
  func replay(
    _ letters: [ReplayLetter], to name: String, by caller: ControlCaller
  ) async throws(ControlProblem) -> ReplayResult {
    try checkAdministrator(caller)
    _ = try member(name, caller)
    var datagrams: [Datagram] = []
    datagrams.reserveCapacity(letters.count)
    for (offset, letter) in letters.enumerated() { datagrams.append(try datagram(letter, number: offset + 1)) }
    var replayed = 0
    while replayed < datagrams.count {
      let part = datagrams[replayed..<min(replayed + Self.chunk, datagrams.count)]
      guard let taken = put(part, to: name) else {
        // What was taken has to be told, or it would be sent again; the next call hears why.
        if replayed > 0 { return ReplayResult(replayed: replayed, isFull: true) }
        throw ControlProblem(409, "processing engine \(name) takes no new traps: it is on its way out")
      }
      replayed += taken
      guard taken == part.count else { return ReplayResult(replayed: replayed, isFull: true) }
    }
    parts.log.notice("\(replayed) dead letters were replayed to processing engine \(name)")
    return ReplayResult(replayed: replayed, isFull: false)
  }

  /// How many the queue took; nil where the engine takes none.
  private func put(_ datagrams: ArraySlice<Datagram>, to name: String) -> Int? {
    let octets = datagrams.reduce(0) { $0 + $1.octets.count }
    var slab = Slab(octetCapacity: max(octets, Int(UInt16.max)), entryCapacity: datagrams.count)
    for datagram in datagrams {
      let isTaken = slab.append(datagram.facts, datagram.octets.span)
      precondition(isTaken, "a slab of \(octets) octets for \(datagrams.count) letters is too small")
    }
    return parts.eventQueue.replay(
      slab, attributes: datagrams.map(\.attributes), findings: datagrams.map(\.findings), to: name,
      now: SystemClock.monotonic())
  }

  private func datagram(
    _ letter: ReplayLetter, number: Int
  ) throws(ControlProblem) -> Datagram {
    func wrong(_ what: String) -> ControlProblem { ControlProblem(400, "letter \(number): \(what)") }
    guard let source = SourceAddress(letter.source) else { throw wrong("source \(letter.source) is no address") }
    guard let octets = Data(base64Encoded: letter.raw).map({ [UInt8]($0) }), !octets.isEmpty else {
      throw wrong("raw is not base64")
    }
    guard octets.count <= Int(UInt16.max) else { throw wrong("raw is longer than a datagram can be") }
    let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let received = (try? format.parse(letter.received)) ?? (try? Date.ISO8601FormatStyle().parse(letter.received))
    else { throw wrong("received \(letter.received) is no RFC 3339 time") }
    // Nanoseconds since 1970 fit 64 bits until 2262, and a letter may say anything.
    let seconds = received.timeIntervalSince1970
    guard (0..<9_000_000_000).contains(seconds) else { throw wrong("received \(letter.received) is out of range") }
    guard let listener = parts.terms.listeners.firstIndex(of: letter.listener) else {
      let known = parts.terms.listeners.joined(separator: ", ")
      throw wrong("listener \(letter.listener) is none; write one of these for it: \(known)")
    }
    // Microseconds are what a letter tells; a Double holds them exactly until 2255.
    let facts = ArrivalFacts(
      received: Int64((seconds * 1_000_000).rounded()) * 1000, source: source, port: letter.port,
      listener: UInt16(listener))
    guard let findings = Self.findings(letter, octets.span) else {
      throw wrong("agent \(letter.agent ?? "") is no address")
    }
    let attributes = (letter.attributes ?? [:]).sorted { $0.key < $1.key }
    return (facts, octets, attributes.map { TrapAttribute(name: $0.key, value: $0.value) }, findings)
  }

  /// What the letter says was found out of its trap; nil where its agent is no address.
  private static func findings(_ letter: ReplayLetter, _ octets: Span<UInt8>) -> TrapFindings? {
    var marks: TrapMarks = []
    if letter.verified == true { marks.insert(.verified) }
    if letter.decrypted == true { marks.insert(.decrypted) }
    if letter.answered == true { marks.insert(.answered) }
    // A letter of before the agent was kept leaves it to the trap.
    guard let text = letter.agent else { return TrapFindings(marks: marks, agent: agentAddress(octets)) }
    return SourceAddress(text).map { TrapFindings(marks: marks, agent: $0) }
  }

  /// agent-addr of a v1 trap, where it says one.
  private static func agentAddress(_ octets: Span<UInt8>) -> SourceAddress? {
    guard let peek = try? TrapPeek.read(octets), peek.kind == .trapV1,
      let address = (try? NotificationDecoder(octets, peek: peek))?.agentAddress, address != 0
    else { return nil }
    return SourceAddress(ipv4: address)
  }
}
