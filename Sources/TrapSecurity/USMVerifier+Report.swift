internal import SNMPWire

extension USMVerifier {
  /// The Report that answers a message which was refused so, with the counter as `open` left it (RFC 3414 §3.2); nil
  /// where none may be sent: it did not ask for one, it was a trap, or nothing counts what befell it. As large as its
  /// names and numbers are, whatever the size of the message.
  package mutating func report(
    _ refusal: USMRefusal, to octets: Span<UInt8>, user: USMUser?, now: UInt64
  ) -> [UInt8]? {
    guard let counter = USMStatistics.Counter(refusal), let header = try? V3Header.read(octets) else { return nil }
    guard header.isReportable else { return nil }
    let scoped = ScopedPDU(octets, header: header)
    guard scoped?.pduTag != BERTag.trapV2, scoped?.pduTag != BERTag.trapV1 else { return nil }
    let reported = Reported(header, octets, requestID: scoped?.requestID(octets) ?? 0)
    guard counter == .notInTimeWindows else { return reported.report(counter, statistics[counter], local, now: now) }
    // Whose clock it is must be sure, so that this one is signed; of another engine's clock we tell nothing.
    guard isLocal(header, octets), let user, let keys = ownKeys(of: user) else { return nil }
    return reported.report(counter, statistics[counter], local, keys: keys, now: now)
  }

  /// The Report to a message with an empty or another's engine ID (RFC 3414 §4), counted; nil where it does not ask for
  /// one, names ours, or holds a trap.
  package static func discovery(
    to octets: Span<UInt8>, local: LocalEngine, statistics: USMStatistics, now: UInt64
  ) -> [UInt8]? {
    guard let header = try? V3Header.read(octets), header.isReportable else { return nil }
    guard !areEqual(octets, header.engineID, local.engineID) else { return nil }
    let scoped = ScopedPDU(octets, header: header)
    guard scoped?.pduTag != BERTag.trapV2, scoped?.pduTag != BERTag.trapV1 else { return nil }
    let value = statistics.add(.unknownEngineIDs)
    return Reported(header, octets, requestID: scoped?.requestID(octets) ?? 0)
      .report(.unknownEngineIDs, value, local, now: now)
  }

  /// Why a request for our engine ID is refused, which perhaps only wants to know our clock: `notInTimeWindow` then, and
  /// `report` writes the answer. Of one that knows it nothing is wrong but `notANotification`. Decrypts nothing; counts
  /// like `open`.
  package mutating func refusal(
    ofRequest octets: Span<UInt8>, user: USMUser?, now: UInt64
  ) -> USMRefusal {
    guard let header = try? V3Header.read(octets), isLocal(header, octets) else { return .notANotification }
    do throws(USMRefusal) {
      let user = try self.user(of: octets, header, .inform, user, isLocal: true)
      guard header.flags & 3 <= user.level else { throw .unsupportedLevel }
      guard header.isAuthenticated else { return .notANotification }
      _ = try authenticate(octets, header, user, EngineName(octets, header.engineID))
      throw isInLocalWindow(header, now) ? .notANotification : .notInTimeWindow
    } catch {
      if let counter = USMStatistics.Counter(error) { statistics.add(counter) }
      return error
    }
  }

  /// The user's keys at our own engine, kept already or made for this once.
  mutating func ownKeys(of user: USMUser) -> LocalizedKeys? {
    guard user.authentication != nil else { return nil }
    let name = LocalizedKeyName(EngineName(local.engineID), user)
    if let place = keys.place(of: name) { return keys[place] }
    return keys.localize(user, engineID: local.engineID)
  }
}
