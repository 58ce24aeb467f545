internal import TrapSecurity

extension ForwardEngineSettings {
  /// What cannot work whatever is sent on; nil where nothing is wrong.
  func problem() -> EngineOpenError? {
    guard let user else {
      return version == .v3
        ? EngineOpenError(engine: name, reason: "SNMPv3 needs a user", remedy: "name the credentials of one") : nil
    }
    guard [0, 1, 3].contains(level), level <= user.level else {
      return EngineOpenError(
        engine: name, reason: "its user has not the secrets for its security level",
        remedy: "lower the level, or give the user auth and priv")
    }
    do throws(KeyRefusal) {
      try user.prepare()
      return nil
    } catch {
      return EngineOpenError(
        engine: name, reason: "its user's secrets will not do: \(error)", remedy: "correct the <user>")
    }
  }
}
