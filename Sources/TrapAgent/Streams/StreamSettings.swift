/// A stream listener's configuration.
package struct StreamSettings: Sendable {
  package var name: String
  /// The listener's number, as the arrival facts carry it.
  package var number: UInt16
  package var address: StreamAddress
  package var limits = StreamLimits()
  /// Needed for TLS and DTLS.
  package var identity: TLSIdentity?

  package init(
    name: String, number: UInt16, address: StreamAddress, limits: StreamLimits = StreamLimits(),
    identity: TLSIdentity? = nil
  ) {
    self.name = name
    self.number = number
    self.address = address
    self.limits = limits
    self.identity = identity
  }
}
