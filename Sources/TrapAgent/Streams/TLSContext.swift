internal import CTrapTLS

/// A listener's side of every handshake: its certificate, and the judgement of the peers'. One thread's own.
@safe internal final class TLSContext {
  internal let isDatagram: Bool
  internal let rules: [TLSPeerRule]
  fileprivate var context: OpaquePointer?

  internal struct Unusable: Error { internal let reason: String }

  private init(rules: [TLSPeerRule], isDatagram: Bool) {
    self.rules = rules
    self.isDatagram = isDatagram
  }

  deinit { unsafe tl_tls_context_free(context) }

  internal static func make(_ identity: TLSIdentity, isDatagram: Bool) throws(Unusable) -> TLSContext {
    let made = TLSContext(rules: identity.peers, isDatagram: isDatagram)
    // The judge is asked only while a session of this context works, which keeps the context.
    let owner = unsafe Unmanaged.passUnretained(made).toOpaque()
    var reason = [CChar](repeating: 0, count: 256)
    let isObsolete: CInt = identity.allowsObsoleteVersions ? 1 : 0
    unsafe made.context = unsafe tl_tls_context_new(
      isDatagram ? 1 : 0, isObsolete, identity.certificate, identity.key, identity.authorities, judge, owner, &reason,
      reason.count)
    guard unsafe made.context != nil else { throw Unusable(reason: text(reason)) }
    return made
  }

  internal func session() -> TLSSession? {
    guard let context = unsafe context, let session = unsafe tl_tls_session_new(context) else { return nil }
    return unsafe TLSSession(session, context: self)
  }

  private static let judge: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?) -> CInt = { owner, session in
    guard let owner = unsafe owner, let session = unsafe session else { return 0 }
    let context = unsafe Unmanaged<TLSContext>.fromOpaque(owner).takeUnretainedValue()
    switch unsafe TLSCertificates(session, rules: context.rules).judged(by: context.rules) {
    case .name(let name):
      unsafe tl_tls_session_name(session, name, name.count)
      return 1
    case .refused(let reason):
      unsafe tl_tls_session_refuse(session, reason)
      return 0
    }
  }

  internal static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension TLSCertificates {
  /// Only while the judge is asked.
  fileprivate init(_ session: OpaquePointer, rules: [TLSPeerRule]) {
    let reason = unsafe tl_tls_peer_error(session).map { unsafe String(cString: $0) } ?? ""
    switch unsafe tl_tls_peer_trust(session) {
    case 1: trust = .verified
    case 0: trust = .unknownIssuer(reason)
    default: trust = .invalid(reason)
    }
    let algorithms = Set(rules.map(\.fingerprint.algorithm)).union([.sha256]).sorted { $0.rawValue < $1.rawValue }
    fingerprints = unsafe (0..<Int(tl_tls_peer_count(session))).map { index in
      algorithms.compactMap { algorithm in
        var octets = [UInt8](repeating: 0, count: 64)
        let count = unsafe tl_tls_peer_digest(session, CInt(index), algorithm.rawValue, &octets)
        return count == 0 ? nil : TLSFingerprint(algorithm: algorithm, octets: Array(octets.prefix(count)))
      }
    }
    var octets = [UInt8](repeating: 0, count: 512)
    let count = unsafe tl_tls_peer_common_name(session, &octets, octets.count)
    commonName = count > 0 ? String(decoding: octets.prefix(Int(count)), as: UTF8.self) : nil
    alternatives = unsafe Self.alternatives(of: session)
  }

  private static func alternatives(of session: OpaquePointer) -> [Alternative] {
    var found: [Alternative] = []
    var octets = [UInt8](repeating: 0, count: 512)
    // A certificate with more names than this has the rest passed over.
    for index in 0..<CInt(64) {
      var kind: CInt = 0
      let count = unsafe tl_tls_peer_alternative(session, index, &kind, &octets, octets.count)
      if count < 0 { break }
      let value = Array(octets.prefix(Int(count)))
      switch kind {
      case 1 where !value.isEmpty: found.append(.email(String(decoding: value, as: UTF8.self)))
      case 2 where !value.isEmpty: found.append(.dns(String(decoding: value, as: UTF8.self)))
      case 7 where value.count == 4 || value.count == 16: found.append(.address(value))
      default: break
      }
    }
    return found
  }
}
