extension StatedCredentials {
  /// Throws what is wrong first. What passes yields a key at each engine that it is for.
  package func check() throws(CredentialsMistake) {
    guard let user else { return try checkCommunity() }
    guard community == nil else {
      throw CredentialsMistake(.community, "there are a user and a community", "state one of them")
    }
    guard isV1 == nil else {
      throw CredentialsMistake(.version, "a user is of SNMPv3 alone", "leave the version out")
    }
    guard Self.userOctets.contains(user.count) else {
      throw CredentialsMistake(.user, "the user's name has \(user.count) octets", "1 to 32 are allowed")
    }
    try checkEngineID()
    try checkPairs()
    try checkSecret(.authSecret, authSecret, keyOctets: auth?.keyOctets)
    // A master key is the hash of a passphrase, whatever it is then used for.
    try checkSecret(.privSecret, privSecret, keyOctets: form == .master ? auth?.keyOctets : priv?.keyOctets)
    guard let minimumLevel, minimumLevel > level else { return }
    throw CredentialsMistake(
      .minimumLevel, "the minimum level is more than the user can do", "lower it, or state auth and priv")
  }

  private func checkCommunity() throws(CredentialsMistake) {
    guard let community else {
      throw CredentialsMistake(.user, "there is neither a user nor a community", "state one of them")
    }
    guard Self.communityOctets.contains(community.count) else {
      throw CredentialsMistake(.community, "the community has \(community.count) octets", "1 to 255 are allowed")
    }
    let ofUser = engineID != nil || auth != nil || authSecret != nil || priv != nil || privSecret != nil
    guard !ofUser, minimumLevel == nil, checksTimeWindow, form == .passphrase else {
      throw CredentialsMistake(.community, "a community has what only a user has", "leave all but the version out")
    }
  }

  private func checkEngineID() throws(CredentialsMistake) {
    if let engineID {
      guard Self.engineIDOctets.contains(engineID.count) else {
        throw CredentialsMistake(.engineID, "the engine ID has \(engineID.count) octets", "5 to 32 are allowed")
      }
    } else if form == .localized && auth != nil {
      throw CredentialsMistake(.engineID, "localized keys are those of one engine, and none is named", "state its ID")
    }
  }

  private func checkPairs() throws(CredentialsMistake) {
    for (method, secret, place) in [
      (auth != nil, authSecret != nil, CredentialsMistake.Place.authSecret),
      (priv != nil, privSecret != nil, .privSecret),
    ] where method != secret {
      let problem = method ? "the protocol has no secret" : "a secret is of no use without its protocol"
      throw CredentialsMistake(place, problem, "state both, or none")
    }
    guard priv == nil || auth != nil else {
      throw CredentialsMistake(.priv, "privacy without authentication is no security level", "state auth as well")
    }
    guard auth != nil || form == .passphrase else {
      throw CredentialsMistake(.form, "a form is of no use without secrets", "state auth as well")
    }
  }

  private func checkSecret(
    _ place: CredentialsMistake.Place, _ secret: [UInt8]?, keyOctets: Int?
  ) throws(CredentialsMistake) {
    guard let secret, let keyOctets else { return }
    guard form != .passphrase else {
      guard !Self.passphraseOctets.contains(secret.count) else { return }
      throw CredentialsMistake(place, "the passphrase has \(secret.count) octets", "8 to 1024 are allowed")
    }
    guard secret.count != keyOctets else { return }
    throw CredentialsMistake(
      place, "the \(form.rawValue) key has \(secret.count) octets", "the protocol's has \(keyOctets)")
  }
}
