internal import SNMPWire
internal import TrapSecurity

/// Reports as USM has them (RFC 3414 §3.2 and §4): `unknownEngineIDs` to who does not know our engine ID,
/// `notInTimeWindows` to a configured user who knows it and not our time.
internal final class USMResponder: DiscoveryResponder {
  private var verifier: USMVerifier

  init(local: LocalEngine, statistics: USMStatistics) {
    // It accepts nothing: all that it keeps is the keys at our own engine of those who asked last.
    var limits = USMVerifier.Limits()
    limits.keys = 256 << 10
    limits.engines = 0
    limits.repeats = 0
    verifier = USMVerifier(local: local, statistics: statistics, limits: limits)
  }

  /// Of keys, for tests.
  var pinnedOctets: Int { verifier.counts.octets }

  func report(to octets: Span<UInt8>, users: CredentialsDirectory, now: UInt64) -> [UInt8]? {
    let discovery = USMVerifier.discovery(
      to: octets, local: verifier.local, statistics: verifier.statistics, now: now)
    if let discovery { return discovery }
    do throws(PeekRefusal) {
      let header = try V3Header.read(octets)
      let identity = V3Identity(octets, engineID: header.engineID, userName: header.userName)
      // A synchronisation that proves to be somebody's, and no more: a digest can be guessed at as long as it is answered.
      let answer = verifier.synchronisation(of: octets, user: users.user(of: identity), now: now)
      return answer?.refusal == .notInTimeWindow ? answer?.report : nil
    } catch {
      // The lane has read it already; nothing is said to what cannot be read.
      return nil
    }
  }
}
