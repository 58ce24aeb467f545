internal import SNMPWire
package import TrapBatching
internal import TrapLedger
package import TrapSecurity

/// Who and what may come in by a listener. Decides on the source and the octets alone, without a clock, a lock or an
/// allocation. Immutable: a reload makes another.
package final class Admission: Sendable {
  /// Of SNMPv3 messages.
  package enum V3Policy: Sendable {
    /// Notifications are verified before they are accepted; discoveries are answered.
    case verify
    /// Notifications are accepted as they come, nobody having looked at their digest; nothing is answered.
    case deliverRaw
    case refuse
  }

  /// Of informs that can be read: all but encrypted ones, which are verified first.
  package enum InformPolicy: Sendable {
    /// Accepted, and then answered.
    case answer
    /// Taken as traps: never answered.
    case deliver
  }

  internal let filter: SourceFilter
  private let takesEveryCommunity: Bool
  private let communities: CommunityList
  internal let v3: V3Policy
  private let informs: InformPolicy
  /// The engine that discoveries ask for; nil where they are not answered.
  internal let discovery: LocalEngine?

  /// `communities`: nil for every one.
  package init(
    communities: [[UInt8]]?, v3: V3Policy, informs: InformPolicy, allow: [AddressPrefix] = [],
    deny: [AddressPrefix] = [], discovery: LocalEngine? = nil
  ) {
    filter = SourceFilter(allow: allow, deny: deny)
    takesEveryCommunity = communities == nil
    self.communities = CommunityList(communities ?? [])
    self.v3 = v3
    self.informs = informs
    self.discovery = v3 == .verify ? discovery : nil
  }

  /// Everything that can be read, as it comes.
  package static let all = Admission(communities: nil, v3: .deliverRaw, informs: .deliver)

  /// Of a message whose source the filter admits. `isTransportSecured`: it came by TLS or DTLS.
  package func verdict(_ octets: Span<UInt8>, isTransportSecured: Bool = false) -> AdmissionVerdict {
    let peek: TrapPeek
    do throws(PeekRefusal) {
      peek = try TrapPeek.read(octets, acceptsTransportSecurity: isTransportSecured)
    } catch {
      switch error {
      case .malformed: return .refused(.malformed)
      case .unsupportedVersion: return .refused(.unsupportedVersion)
      case .notANotification: return verdict(onRequest: octets)
      }
    }
    if peek.version == .v3 { return v3Verdict(octets, peek) }
    if !takesEveryCommunity && !communities.contains(octets, peek.community) { return .refused(.community) }
    return peek.kind == .inform && informs == .answer ? .deferred : .accepted
  }

  private func v3Verdict(_ octets: Span<UInt8>, _ peek: TrapPeek) -> AdmissionVerdict {
    if v3 == .refuse { return .refused(.v3Unsupported) }
    // What its transport has verified is never raw, and has no engine to discover.
    if peek.securityModel == V3Header.transportSecurityModel { return .deferred }
    if v3 == .deliverRaw { return .accepted }
    return isDiscovery(notification: octets, peek) ? .discovery : .deferred
  }
}
