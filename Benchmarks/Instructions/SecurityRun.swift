internal import TrapClassification
internal import TrapSecurity

/// One run of SNMPv3 messages, to be counted from outside.
enum SecurityRun: String {
  /// Through the stages.
  case sealed
  /// Their HMAC and cipher alone.
  case floor
  /// Through the stages once as they are, and then once with wrong digests.
  case spoiled
  /// The same, each with an engine ID of its own.
  case invented

  private static let passphrases = (authentication: "authentication", privacy: "privacy-secret")

  /// As many as `v3traps` knows by that count. Master keys, since a mebibyte to hash for each user would be most of a run.
  private static func users(_ count: Int) throws -> [USMUser] {
    let (authentication, privacy) = (
      KeyMaterial.master(try KeyDerivation.master(Array(passphrases.authentication.utf8), .sha256)),
      KeyMaterial.master(try KeyDerivation.master(Array(passphrases.privacy.utf8), .sha256))
    )
    return (0..<count).map { number in
      let digits = String(number)
      let name = "u" + String(repeating: "0", count: 5 - digits.utf8.count) + digits
      return USMUser(
        name: Array(name.utf8), authentication: .init(.sha256, authentication), privacy: .init(.aes128, privacy))
    }
  }

  /// Prints what became of the messages in the file; false where that is not what it should be.
  func perform(users count: Int, path: String) throws -> Bool {
    let users = try SecurityRun.users(count)
    var messages = try SealedTraps(path: path)
    guard self != .floor else {
      let right = messages.open(with: users[0])
      print("{\"messages\":\(messages.count),\"right\":\(right)}")
      return right == messages.count
    }
    let directory = CredentialsDirectory(
      users.enumerated().map { Credentials(name: "user\($0.offset)", .user($0.element)) })
    let pipeline = try HandTurnedPipeline(Scenario(way: .routes, engines: 1), users: directory)
    let delivered = pipeline.run(messages)
    let before = pipeline.classifier.statistics
    guard self != .sealed else {
      print(SecurityRun.line(messages.count, delivered, before))
      return delivered == UInt64(messages.count)
    }
    messages.spoil(invents: self == .invented)
    let still = pipeline.run(messages)
    let after = pipeline.classifier.statistics
    print(SecurityRun.line(messages.count, delivered, before))
    print(SecurityRun.line(messages.count, still - delivered, after))
    let kept = (before.verification, after.verification)
    return delivered == still && kept.0.keys == kept.1.keys && kept.0.engines == kept.1.engines
  }

  private static func line(_ messages: Int, _ delivered: UInt64, _ statistics: ClassificationStatistics) -> String {
    let verification = statistics.verification
    return """
      {"messages":\(messages),"delivered":\(delivered),"keys":\(verification.keys),"engines":\(verification.engines),\
      "keyOctets":\(verification.keyOctets),"keyEvictions":\(verification.keyEvictions),\
      "localizations":\(verification.localizations),"repeats":\(verification.repeats),\
      "cacheEntries":\(statistics.cache.entries),"cacheOctets":\(statistics.cache.octets)}
      """
  }
}
