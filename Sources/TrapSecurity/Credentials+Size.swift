extension Credentials {
  /// An estimate of what one keeps, in octets: its objects and their secrets, master keys included.
  package var pinnedOctets: Int {
    let fixed = 640 + name.utf8.count
    switch kind {
    case .community(let community, _): return fixed + community.count
    case .user(let user):
      let secrets = [user.authentication?.secret, user.privacy?.secret].compactMap { $0 }
      return fixed + 128 * secrets.count + secrets.reduce(0) { $0 + $1.octets }
    }
  }
}

extension KeyMaterial {
  fileprivate var octets: Int {
    switch self {
    case .passphrase(let secret), .master(let secret), .localized(let secret): secret.count
    }
  }
}
