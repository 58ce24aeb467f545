/// How a certificate becomes a security name: a row of snmpTlstmCertToTSNTable (RFC 6353 §7).
package struct TLSPeerRule: Sendable, Equatable {
  package enum Name: Sendable, Equatable {
    /// This one (snmpTlstmCertSpecified), 1...32 octets.
    case specified([UInt8])
    case commonName
    case email
    case dns
    case address
    /// The first of the subject's alternative names that is an e-mail address, a host or an address.
    case anyAlternative
  }

  package let fingerprint: TLSFingerprint
  package let name: Name

  /// The fingerprint is the peer's own certificate's, or that of an authority which vouches for it.
  package init(fingerprint: TLSFingerprint, name: Name) {
    self.fingerprint = fingerprint
    self.name = name
  }
}

extension TLSPeerRule.Name {
  /// The configuration's words but for `specified`.
  package init?(source: String) {
    switch source {
    case "common-name": self = .commonName
    case "san-email": self = .email
    case "san-dns": self = .dns
    case "san-ip": self = .address
    case "san-any": self = .anyAlternative
    default: return nil
    }
  }
}
