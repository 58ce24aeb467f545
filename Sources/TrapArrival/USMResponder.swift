internal import SNMPWire
internal import TrapSecurity

/// Reports as USM has them (RFC 3414 §3.2 3): `unknownEngineIDs` to who does not know our engine ID. Who knows it and not
/// our time is answered by the classification, which knows all users.
internal final class USMResponder: DiscoveryResponder {
  private let local: LocalEngine
  private let statistics: USMStatistics

  init(local: LocalEngine, statistics: USMStatistics) {
    self.local = local
    self.statistics = statistics
  }

  func report(to octets: Span<UInt8>, now: UInt64) -> [UInt8]? {
    USMVerifier.discovery(to: octets, local: local, statistics: statistics, now: now)
  }
}
