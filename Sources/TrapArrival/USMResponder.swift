internal import SNMPWire
internal import TrapSecurity

/// Reports as USM has them (RFC 3414 §3.2 and §4): `unknownEngineIDs` to who does not know our engine ID,
/// `notInTimeWindows` to a configured user who knows it and not our time.
internal final class USMResponder: DiscoveryResponder {
  /// Users whose keys are kept; beyond, all are localized anew.
  private static let keysMax = 4096
  /// RFC 3414 §3.2, step 7: seconds.
  private static let timeWindow: Int64 = 150

  private var verifier: USMVerifier
  /// By the user's identity, which the keys keep alive. Those that a reload replaced are never asked for again.
  private var keys: [Swift.ObjectIdentifier: LocalizedKeys] = [:]

  init(local: LocalEngine, statistics: USMStatistics) {
    verifier = USMVerifier(local: local, statistics: statistics)
  }

  func report(to octets: Span<UInt8>, users: CredentialsDirectory, now: UInt64) -> [UInt8]? {
    let header: V3Header
    do throws(PeekRefusal) {
      header = try V3Header.read(octets)
    } catch {
      // The lane has read it already; nothing is said to what cannot be read.
      return nil
    }
    guard isLocal(octets, header.engineID) else {
      return verifier.report(.unknownEngineID, to: octets, user: nil, now: now)
    }
    // Silent to who has not proved to be somebody: a digest can be guessed at as long as it is answered.
    let identity = V3Identity(octets, engineID: header.engineID, userName: header.userName)
    guard let user = users.user(of: identity), user.authentication != nil, let keys = localized(user),
      keys.verify(octets, parameters: header.authParameters), !isInWindow(header, now: now)
    else { return nil }
    return verifier.report(.notInTimeWindow, to: octets, user: user, now: now)
  }

  private func isLocal(_ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let local = verifier.local.engineID
    guard range.count == local.count else { return false }
    for index in 0..<local.count where octets[range.lowerBound + index] != local[index] { return false }
    return true
  }

  private func isInWindow(_ header: V3Header, now: UInt64) -> Bool {
    let local = verifier.local
    guard header.engineBoots == local.boots, local.boots != LocalEngine.latchedBoots else { return false }
    return abs(Int64(header.engineTime) - Int64(local.time(now: now))) <= USMResponder.timeWindow
  }

  private func localized(_ user: USMUser) -> LocalizedKeys? {
    let identity = Swift.ObjectIdentifier(user)
    if let known = keys[identity] { return known }
    guard let made = LocalizedKeys(user, engineID: verifier.local.engineID) else { return nil }
    if keys.count >= USMResponder.keysMax { keys.removeAll() }
    keys[identity] = made
    return made
  }
}
