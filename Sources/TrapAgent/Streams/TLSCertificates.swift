/// What a peer showed in its handshake, as the rules judge it.
internal struct TLSCertificates: Equatable {
  internal enum Trust: Equatable {
    /// An authority of ours vouches for it.
    case verified
    /// Valid as far as it goes, but nobody vouches for it; for the reason.
    case unknownIssuer(String)
    case invalid(String)
  }

  internal enum Alternative: Equatable {
    case email(String)
    case dns(String)
    /// 4 or 16 octets.
    case address([UInt8])
  }

  internal let trust: Trust
  internal let commonName: String?
  /// In the certificate's order.
  internal let alternatives: [Alternative]
  /// By certificate, the peer's own first, then what vouches for it; only algorithms that the rules use.
  internal let fingerprints: [[TLSFingerprint]]
}

extension TLSCertificates {
  internal enum Verdict: Equatable { case name([UInt8]), refused(String) }

  /// RFC 6353 §5.3.2 and the table's own text: the first row that fits and yields a name of 1...32 octets.
  internal func judged(by rules: [TLSPeerRule]) -> Verdict {
    if case .invalid(let reason) = trust { return .refused("its certificate is not valid: \(reason)") }
    var isKnown = false
    for rule in rules where fits(rule) {
      isKnown = true
      if let name = name(rule.name), (1...32).contains(name.count) { return .name(name) }
    }
    if isKnown { return .refused("its certificate yields no security name of 1 to 32 octets") }
    if case .unknownIssuer(let reason) = trust { return .refused("its certificate is not verified: \(reason)") }
    return .refused("no <peer> fits its certificate \(fingerprints.first?.last?.description ?? "")")
  }

  /// An unverified certificate stands for itself alone.
  private func fits(_ rule: TLSPeerRule) -> Bool {
    let candidates = trust == .verified ? fingerprints[...] : fingerprints.prefix(1)
    return candidates.contains { $0.contains(rule.fingerprint) }
  }

  private func name(_ name: TLSPeerRule.Name) -> [UInt8]? {
    switch name {
    case .specified(let name): return name
    case .commonName: return commonName.map { Array($0.utf8) }
    case .email: return first { if case .email = $0 { true } else { false } }
    case .dns: return first { if case .dns = $0 { true } else { false } }
    case .address: return first { if case .address = $0 { true } else { false } }
    case .anyAlternative: return first { _ in true }
    }
  }

  private func first(_ isWanted: (Alternative) -> Bool) -> [UInt8]? {
    alternatives.first(where: isWanted).map { Array($0.securityName.utf8) }
  }
}

extension TLSCertificates.Alternative {
  /// As the table of RFC 6353 writes it: an e-mail address with its host in lower case, a host in lower case, IPv4 with
  /// dots, IPv6 as 32 hexadecimal digits.
  internal var securityName: String {
    switch self {
    case .email(let address):
      guard let at = address.lastIndex(of: "@") else { return address }
      return address[..<at] + address[at...].lowercased()
    case .dns(let name): return name.lowercased()
    case .address(let octets) where octets.count == 4: return octets.map(String.init).joined(separator: ".")
    case .address(let octets): return octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }
}
