/// What a TLS or DTLS listener shows, and whom it trusts. Files are PEM, read when the listener opens.
package struct TLSIdentity: Sendable {
  package var certificate: String
  package var key: String
  /// A file or a directory (hashed names) of authorities; nil: only peers named by their own fingerprint are trusted.
  package var authorities: String?
  /// In order: the first that fits gives the name.
  package var peers: [TLSPeerRule]

  package init(certificate: String, key: String, authorities: String? = nil, peers: [TLSPeerRule]) {
    self.certificate = certificate
    self.key = key
    self.authorities = authorities
    self.peers = peers
  }
}
