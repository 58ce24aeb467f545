internal import SNMPWire

/// The steps of RFC 3414 §3.2, in its order.
extension USMVerifier {
  func isLocal(_ header: V3Header, _ octets: Span<UInt8>) -> Bool {
    Self.areEqual(octets, header.engineID, local.engineID)
  }

  /// Steps 3 and 4: the engine and the user.
  func user(
    of octets: Span<UInt8>, _ header: V3Header, _ kind: NotificationKind, _ user: USMUser?, isLocal: Bool
  ) throws(USMRefusal) -> USMUser {
    guard Self.engineIDOctets ~= header.engineID.count else { throw .unknownEngineID }
    guard kind != .inform || isLocal else { throw .unknownEngineID }
    if let user, Self.areEqual(octets, header.userName, user.name) {
      guard let engineID = user.engineID else { return user }
      if Self.areEqual(octets, header.engineID, engineID) { return user }
    }
    // What asks for reports is for its receiver's engine ID. One that has a former ID of ours shall learn the new one,
    // whoever its user is; where it is an encrypted trap that asks for reports by mistake, this is as true.
    throw header.isReportable && !isLocal && kind == .v3Encrypted ? .unknownEngineID : .unknownUser
  }

  /// Step 6. Keys that are not kept yet are, once their digest is right.
  mutating func authenticate(
    _ octets: Span<UInt8>, _ header: V3Header, _ user: USMUser, _ engine: EngineName
  ) throws(USMRefusal) -> LocalizedKeys {
    let name = LocalizedKeyName(engine, user)
    if let place = keys.place(of: name) {
      let kept = keys[place]
      guard kept.verify(octets, parameters: header.authParameters) else { throw .wrongDigest }
      keys.touch(place)
      return kept
    }
    guard let made = keys.localize(user, engineID: engine.engineID) else { throw .unknownUser }
    guard made.verify(octets, parameters: header.authParameters) else { throw .wrongDigest }
    keys.insert(name, made)
    return made
  }

  /// Step 7: 7a for informs, which are sent to our clock, and 7b for all that goes by its sender's. Counts 7a, the one
  /// that has a counter.
  mutating func checkTime(
    _ header: V3Header, _ user: USMUser, _ engine: EngineName, isLocal: Bool, _ now: UInt64
  ) throws(USMRefusal) {
    if isLocal {
      guard user.checksTimeWindow, !isInLocalWindow(header, now) else { return }
      statistics.add(.notInTimeWindows)
      throw .notInTimeWindow
    }
    // A user whose window is not checked can be replayed at any time, so its messages say nothing of the clock by which
    // the engine's other users are judged.
    guard user.checksTimeWindow else { return }
    let isInWindow = times.admit(engine, boots: header.engineBoots, time: header.engineTime, now: now)
    guard isInWindow else { throw .notInTimeWindow }
  }

  /// RFC 3414 §3.2 7a.
  func isInLocalWindow(_ header: V3Header, _ now: UInt64) -> Bool {
    guard local.boots != LocalEngine.latchedBoots, header.engineBoots == local.boots else { return false }
    guard header.engineTime >= 0 else { return false }
    return abs(Int64(header.engineTime) - Int64(local.time(now: now))) <= EngineTime.window
  }

  /// Step 8, and what RFC 3412 §7.2 asks of the plaintext.
  func decrypt(
    _ octets: inout MutableSpan<UInt8>, _ header: V3Header, _ peek: TrapPeek, _ keys: LocalizedKeys
  ) throws(USMRefusal) -> TrapPeek {
    let isDecrypted = keys.decrypt(
      &octets, peek.pdu, salt: header.privParameters, boots: header.engineBoots, time: header.engineTime)
    guard isDecrypted else { throw .decryptionError }
    do throws(PeekRefusal) {
      return try peek.opened(octets.span, plaintext: peek.pdu)
    } catch {
      throw error == .notANotification ? .notANotification : .decryptionError
    }
  }

  static func areEqual(_ octets: Span<UInt8>, _ range: Range<Int>, _ other: [UInt8]) -> Bool {
    guard range.count == other.count else { return false }
    for position in 0..<other.count where octets[range.lowerBound + position] != other[position] { return false }
    return true
  }
}
