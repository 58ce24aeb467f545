package import SNMPWire
package import TrapBatching
internal import TrapClassification

extension RulesMetadata {
  /// One `<route>` of the configuration: all conditions that it names must hold.
  package struct Rule: Hashable, Sendable {
    /// nil for any.
    package var source: AddressPrefix?
    /// A prefix of the trap's SNMPv2 OID (RFC 3584 §3.1 for SNMPv1 traps); nil for any.
    package var trap: ObjectIdentifier?
    /// Empty for any.
    package var versions: [SNMPVersion]
    /// Octet for octet; nil for any.
    package var community: [UInt8]?
    /// Empty for any.
    package var pdus: [NotificationKind]
    /// Empty: what matches goes nowhere, and is counted under `no-route`.
    package var engines: [String]
    package var attributes: [TrapAttribute]
    /// What the source's SNMPv3 messages are verified with, and it is polled with. Of all rules for a source the first that
    /// says so counts: verification comes before routing.
    package var credentials: String?
    /// msgFlags & 3; the first counts here too.
    package var minimumLevel: UInt8?

    package init(
      source: AddressPrefix? = nil, trap: ObjectIdentifier? = nil, versions: [SNMPVersion] = [],
      community: [UInt8]? = nil, pdus: [NotificationKind] = [], engines: [String], attributes: [TrapAttribute] = [],
      credentials: String? = nil, minimumLevel: UInt8? = nil
    ) {
      self.source = source
      self.trap = trap
      self.versions = versions
      self.community = community
      self.pdus = pdus
      self.engines = engines
      self.attributes = attributes
      self.credentials = credentials
      self.minimumLevel = minimumLevel
    }

    internal func route(to handle: RouteSetHandle?) -> Route {
      Route(trapPrefix: trap, versions: versions, pdus: pdus, community: community, to: handle)
    }
  }
}
