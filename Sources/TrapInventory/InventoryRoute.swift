package import SNMPWire

/// One route of a program: the conditions, all of which must hold, and the engines that a trap then goes to.
package struct InventoryRoute: Hashable, Sendable {
  /// nil for any.
  package var trap: ObjectIdentifier?
  /// In the order of their numbers; empty for any.
  package var versions: [SNMPVersion] = []
  /// Empty for any.
  package var pdus: [NotificationKind] = []
  /// Octet for octet; nil for any. A secret.
  package var community: [UInt8]?
  /// Empty: what matches goes nowhere.
  package var engines: [String] = []

  package var isUnconditional: Bool { trap == nil && versions.isEmpty && pdus.isEmpty && community == nil }

  /// True where whatever matches `later` matches this one too, so that `later` behind it decides nothing.
  package func covers(_ later: InventoryRoute) -> Bool {
    if let trap {
      guard let narrower = later.trap, narrower.subidentifiers.starts(with: trap.subidentifiers) else { return false }
    }
    guard versions.isEmpty || !later.versions.isEmpty && later.versions.allSatisfy(versions.contains) else {
      return false
    }
    guard pdus.isEmpty || !later.pdus.isEmpty && later.pdus.allSatisfy(pdus.contains) else { return false }
    return community == nil || community == later.community
  }
}
