package import SNMPWire
package import TrapBatching

/// One step of a routing program: the conditions, all of which must hold, and where a trap then goes.
package struct Route: Hashable, Sendable {
  /// The trap's SNMPv2 OID must begin with it; nil for any, also for one that can't be read.
  package let trapPrefix: ObjectIdentifier?
  /// Empty for any.
  package let versions: [SNMPVersion]
  /// Empty for any. What an encrypted message carries is not known before it is decrypted, so it is a kind of its own.
  package let pdus: [NotificationKind]
  /// Octet for octet; nil for any. An SNMPv3 message has none.
  package let community: [UInt8]?
  /// nil: traps that get here go nowhere, and are counted under `no-route`.
  package let handle: RouteSetHandle?

  package init(
    trapPrefix: ObjectIdentifier? = nil, versions: [SNMPVersion] = [], pdus: [NotificationKind] = [],
    community: [UInt8]? = nil, to handle: RouteSetHandle?
  ) {
    self.trapPrefix = trapPrefix
    self.versions = versions
    self.pdus = pdus
    self.community = community
    self.handle = handle
  }

  /// `.none` where traps that get here go nowhere.
  package var routeSet: RouteSetNumber { handle?.number ?? .none }

  package var isUnconditional: Bool {
    trapPrefix == nil && versions.isEmpty && pdus.isEmpty && community == nil
  }
}
