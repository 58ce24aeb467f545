/// What a TLS or DTLS listener shows, and whom it trusts. Files are PEM, read when the listener opens.
package struct TLSIdentity: Sendable {
  package var certificate: String
  package var key: String
  /// A file or a directory (hashed names) of authorities; nil: only peers named by their own fingerprint are trusted.
  package var authorities: String?
  /// In order: the first that fits gives the name.
  package var peers: [TLSPeerRule]

  /// TLS 1.0 and 1.1 as well, with their weak digests: RFC 9456 forbids them, but the `tlstcp:` of Net-SNMP 5.9.3 and
  /// older speaks TLS 1.0 alone. DTLS 1.0 likewise.
  package var allowsObsoleteVersions = false

  package init(certificate: String, key: String, authorities: String? = nil, peers: [TLSPeerRule]) {
    self.certificate = certificate
    self.key = key
    self.authorities = authorities
    self.peers = peers
  }

  /// Why no listener can open with these files, as OpenSSL says it; nil where one can. Reads them.
  package var mistake: String? {
    do throws(TLSContext.Unusable) {
      _ = try TLSContext.make(self, isDatagram: false)
      return nil
    } catch {
      return error.reason
    }
  }
}
