internal import TrapAgent

extension TLSIdentity {
  init(_ tls: Configuration.TLS) {
    self.init(
      certificate: tls.certificateFile, key: tls.keyFile, authorities: tls.authorities,
      peers: tls.peers.map { peer in
        TLSPeerRule(fingerprint: peer.fingerprint.read, name: TLSPeerRule.Name(peer.identity))
      })
    allowsObsoleteVersions = tls.versions == .obsolete
  }
}

extension TLSPeerRule.Name {
  fileprivate init(_ identity: Configuration.TLS.Peer.Identity) {
    switch identity {
    case .named(let name): self = .specified(Array(name.utf8))
    case .from(.commonName): self = .commonName
    case .from(.emailName): self = .email
    case .from(.hostName): self = .dns
    case .from(.address): self = .address
    case .from(.anyName): self = .anyAlternative
    }
  }
}

extension Configuration.TLS.Peer.Fingerprint {
  fileprivate var read: TLSFingerprint {
    let algorithm: TLSFingerprint.Algorithm =
      switch digest {
      case .sha1: .sha1
      case .sha224: .sha224
      case .sha256: .sha256
      case .sha384: .sha384
      case .sha512: .sha512
      }
    return TLSFingerprint(algorithm: algorithm, octets: octets)
  }
}
