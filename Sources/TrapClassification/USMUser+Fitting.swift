internal import SNMPWire
internal import TrapSecurity

extension USMUser {
  /// Whether a message that says it is from `identity` can be this user's.
  internal func fits(_ identity: V3Identity) -> Bool {
    identity == V3Identity(engineID: engineID ?? identity.engineID, userName: name)
  }
}
