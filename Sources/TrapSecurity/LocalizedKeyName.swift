internal import SNMPWire

/// What localized keys are found by: the engine and user that a message names, and which user object that is. A reload
/// makes new objects, whose secrets may be others.
struct LocalizedKeyName: Hashable {
  let identity: V3Identity
  /// Good as long as the keys are kept, which keep their user.
  let user: Swift.ObjectIdentifier

  init(_ identity: V3Identity, _ user: USMUser) {
    self.identity = identity
    self.user = Swift.ObjectIdentifier(user)
  }
}
