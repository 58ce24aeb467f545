internal import SNMPWire
internal import TrapBatching
internal import TrapLedger
internal import TrapSecurity

// SNMPv3 messages: verified and decrypted where they stand, in the order of their source.
extension ClassifierCore {
  /// True where the message may be believed; the reader then sees what is in it. False: it was refused and counted.
  mutating func verify(
    _ key: MetadataKey, _ program: RoutingProgram?, _ facts: ArrivalFacts, _ octets: inout MutableSpan<UInt8>,
    _ marks: inout TrapMarks, _ user: inout USMUser?, now: UInt64
  ) -> Bool {
    guard let identity = key.v3, let peek = reader.peek(octets.span) else {
      preconditionFailure("a v3 key of a message that is none")
    }
    let profile = profile(facts)
    let known = ClassifierCore.user(of: identity, program, policies.credentials)
    let level = max(profile.minimumLevel, program?.minimumLevel ?? 0)
    let isTransportSecured = peek.securityModel == V3Header.transportSecurityModel
    do throws(USMRefusal) {
      var opened = peek
      if isTransportSecured {
        // The transport knew the peer, and named its user. Over UDP nobody did.
        guard profile.isStream else { throw .unknownUser }
        guard peek.securityLevel >= level else { throw .minimumLevel }
      } else {
        opened = try verifier.open(&octets, peek: peek, user: known, minimumLevel: level, now: now)
      }
      if peek.kind == .v3Encrypted { marks.insert(.decrypted) }
      reader.reopen(opened)
    } catch {
      refuse(error, key, known, facts, octets.span, peek, now: now)
      return false
    }
    marks.insert(.verified)
    if !isTransportSecured { user = known }
    cache.noteVerified(key)
    return true
  }

  private mutating func refuse(
    _ refusal: USMRefusal, _ key: MetadataKey, _ user: USMUser?, _ facts: ArrivalFacts, _ octets: Span<UInt8>,
    _ peek: TrapPeek, now: UInt64
  ) {
    refuse(facts, Cause(refusal))
    cache.noteRefused(key)
    if peek.securityModel == V3Header.userSecurityModel, reports(refusal, facts),
      let report = verifier.report(refusal, to: octets, user: user, now: now), send(report, facts)
    {
      statistics.informs.reports += 1
    }
    tell(refusal, facts, octets, userName: peek.userName, engineID: peek.engineID, now: now)
  }

  mutating func tell(
    _ refusal: USMRefusal, _ facts: ArrivalFacts, _ octets: Span<UInt8>, userName: Range<Int>, engineID: Range<Int>,
    now: UInt64
  ) {
    let notice = refusals.notice(
      Cause(refusal), facts, octets, userName: userName, engineID: engineID, clock: clock(octets, engineID), now: now)
    if let notice { refusalNotice(notice) }
  }

  /// Engine IDs are no secrets.
  private func clock(_ octets: Span<UInt8>, _ engineID: Range<Int>) -> RefusalNotice.Clock {
    guard engineID.map({ octets[$0] }) == verifier.local.engineID else { return .sender }
    return verifier.local.boots == LocalEngine.latchedBoots ? .oursLatched : .ours
  }

  func reports(_ refusal: USMRefusal, _ facts: ArrivalFacts) -> Bool {
    switch profile(facts).reports {
    case .all: true
    case .discovery: refusal == .unknownEngineID || refusal == .notInTimeWindow
    case .none: false
    }
  }

  /// Whom the message is from, where anybody knows: metadata first, then the configuration. Allocates nothing.
  static func user(
    of identity: V3Identity, _ program: RoutingProgram?, _ credentials: CredentialsDirectory
  ) -> USMUser? {
    if let given = program?.given?.user, given.fits(identity) { return given }
    if let name = program?.credentials, let named = credentials.named(name)?.user, named.fits(identity) { return named }
    return credentials.user(of: identity)
  }
}
