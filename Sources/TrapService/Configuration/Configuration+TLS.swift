extension Configuration {
  /// `<tls>`: who we are and whom we believe at `tlstcp:` and `dtlsudp:` listeners (RFC 6353).
  package struct TLS: Equatable, Sendable {
    package enum Versions: String, CaseIterable, Sendable {
      /// 1.2 and above.
      case current
      /// TLS 1.0 and 1.1 as well, which RFC 8996 forbids: Net-SNMP up to 5.9 speaks nothing else over TCP.
      case obsolete
    }

    /// PEM files by absolute path, readable when the configuration was read.
    package var certificateFile: String
    package var keyFile: String
    /// A PEM file or a directory of such; nil: only certificates that a `<peer>` names by fingerprint.
    package var authorities: String?
    /// In the order of the file, which is that of their rows in snmpTlstmCertToTSNTable: the first that matches counts.
    package var peers: [Peer] = []
    package var versions = Versions.current

    package init(certificateFile: String, keyFile: String) {
      self.certificateFile = certificateFile
      self.keyFile = keyFile
    }
  }
}

extension Configuration.TLS {
  /// `<peer>`: what certificate stands for which security name (RFC 6353 §5.3.2, SnmpTLSFingerprint of its §7).
  package struct Peer: Equatable, Sendable {
    package enum Digest: String, CaseIterable, Sendable {
      case sha1
      case sha224
      case sha256
      case sha384
      case sha512

      package var octets: Int {
        switch self {
        case .sha1: 20
        case .sha224: 28
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
      }
    }
    package struct Fingerprint: Hashable, Sendable {
      package var digest: Digest
      package var octets: [UInt8]
    }
    /// The field of the certificate that holds the security name.
    package enum Field: String, CaseIterable, Sendable {
      case commonName = "common-name"
      case emailName = "san-email"
      case hostName = "san-dns"
      case address = "san-ip"
      case anyName = "san-any"
    }
    package enum Identity: Equatable, Sendable {
      /// The certificate itself stands for this security name.
      case named(String)
      /// Of the peer's certificate, whose own fingerprint or that of one of its authorities is `fingerprint`.
      case from(Field)
    }

    package var fingerprint: Fingerprint
    package var identity: Identity
  }
}

extension Configuration.TLS.Peer.Fingerprint: CustomStringConvertible {
  package var description: String { "\(digest.rawValue):\(Hexadecimal.text(octets))" }
}
