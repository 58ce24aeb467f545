internal import TrapAgent

extension ConfigurationReader {
  func readTLS(_ element: MarkupElement) -> Configuration.TLS {
    var tls = Configuration.TLS(
      certificateFile: required(element, "certificate", .absolutePath, placeholder: ""),
      keyFile: required(element, "key", .absolutePath, placeholder: ""))
    tls.authorities = optional(element, "authorities", .absolutePath)
    tls.versions = optional(element, "versions", ValueGrammar<Configuration.TLS.Versions>.choice) ?? .current
    checkFiles(of: tls, element)
    let peers = element.children("peer")
    tls.peers = peers.compactMap { readPeer($0) }
    checkFingerprints(peers)
    if tls.authorities == nil && peers.isEmpty {
      collector.error(element, "it believes nobody", "write authorities=\"…\", or add a <peer>")
    }
    return tls
  }

  private func checkFiles(of tls: Configuration.TLS, _ element: MarkupElement) {
    var isReadable = !tls.certificateFile.isEmpty && !tls.keyFile.isEmpty
    for (attribute, path) in [
      ("certificate", tls.certificateFile), ("key", tls.keyFile), ("authorities", tls.authorities ?? ""),
    ] where !path.isEmpty {
      guard let reason = surroundings.unreadable(path) else { continue }
      isReadable = false
      collector.error(
        element, "\(attribute) \(path) cannot be read: \(reason)", "make it readable to the daemon's user")
    }
    if let mode = surroundings.mode(tls.keyFile) { warnOfMode(element, "key", tls.keyFile, mode) }
    if isReadable, let reason = surroundings.unusable(TLSIdentity(tls)) {
      collector.error(
        element, "no listener can open with its files: \(reason)",
        "give PEM files, and the key that belongs to the certificate")
    }
  }

  private func readPeer(_ element: MarkupElement) -> Configuration.TLS.Peer? {
    let none = Configuration.TLS.Peer.Fingerprint(digest: .sha256, octets: [])
    let fingerprint = required(element, "fingerprint", .fingerprint, placeholder: none)
    let name = optional(element, "security-name", .userName)
    let field = optional(element, "from", ValueGrammar<Configuration.TLS.Peer.Field>.choice)
    switch (element.attribute("security-name") != nil, element.attribute("from") != nil) {
    case (true, true):
      collector.error(element, "security-name and from both say who it is", "keep one of the two")
    case (false, false):
      collector.error(
        element, "it says nothing of who it is",
        "write security-name=\"…\", or from=\"common-name\" or another field of the certificate")
    default: break
    }
    if let name { return .init(fingerprint: fingerprint, identity: .named(name)) }
    return field.map { .init(fingerprint: fingerprint, identity: .from($0)) }
  }

  /// The second of two could never match.
  private func checkFingerprints(_ elements: [MarkupElement]) {
    var first: [Configuration.TLS.Peer.Fingerprint: Int] = [:]
    for element in elements {
      guard let text = element.attribute("fingerprint"),
        let fingerprint = try? ValueGrammar<Configuration.TLS.Peer.Fingerprint>.fingerprint.parse(text)
      else { continue }
      if let line = first[fingerprint], element.attribute("from") == nil {
        collector.error(element, "its fingerprint is that of line \(line) again", "keep one of them")
      }
      first[fingerprint] = first[fingerprint] ?? element.line
    }
  }
}
