internal import SNMPWire
internal import TrapSecurity

extension ForwardPeer {
  /// What an answer of SNMPv3 says.
  enum Reading {
    case answer(messageID: Int32, AnswerPDU)
    /// It told its engine ID or its time: the message is sent again.
    case synchronized(messageID: Int32)
    /// A Report about our user or keys: nothing will be accepted until somebody mends that.
    case refused(String)
    /// It is this very daemon: what it is sent comes back.
    case ownEngine
    /// Not ours, or not verified.
    case none
  }

  private static let usmStats: [UInt8] = [0x2B, 6, 1, 6, 3, 15, 1, 1]
  /// Seconds (RFC 3414 §2.2.3).
  private static let timeWindow: Int64 = 150

  /// Reads what the peer sent, and learns from it.
  ///
  /// - Parameter isAwaited: whether a message of this msgID waits for an answer: what answers none is dropped, Reports
  ///   included (RFC 3412 §7.2).
  func read(_ octets: [UInt8], now: UInt64, isAwaited: (Int32) -> Bool) -> Reading {
    var octets = octets
    let header: V3Header
    do throws(PeekRefusal) {
      header = try V3Header.read(octets.span)
    } catch {
      return .none
    }
    guard isAwaited(header.messageID), isAuthentic(header, octets, now: now) else { return .none }
    guard let answer = answer(header, &octets) else { return .none }
    guard !answer.isReport else { return learn(answer, header, octets, now: now) }
    // A response must be as secure as what it answers.
    guard header.flags & 3 == settings.level else { return .none }
    return .answer(messageID: header.messageID, answer)
  }

  /// Right digest and time (RFC 3414 §3.2, 6 and 7b), or none claimed.
  private func isAuthentic(_ header: V3Header, _ octets: [UInt8], now: UInt64) -> Bool {
    guard header.isAuthenticated else { return !header.isEncrypted }
    guard let keys, octets.span.holds(engineID, at: header.engineID),
      keys.verify(octets.span, parameters: header.authParameters), header.engineBoots != .max
    else { return false }
    if isTimeAuthentic {
      guard header.engineBoots >= boots else { return false }
      let isLate = Int64(header.engineTime) < Int64(timeAt(now)) - Self.timeWindow
      guard header.engineBoots > boots || !isLate else { return false }
    }
    setTime(header, now: now, isAuthentic: true)
    return true
  }

  private func setTime(_ header: V3Header, now: UInt64, isAuthentic: Bool) {
    boots = header.engineBoots
    time = header.engineTime
    timeSet = now
    isTimeAuthentic = isAuthentic
  }

  private func answer(_ header: V3Header, _ octets: inout [UInt8]) -> AnswerPDU? {
    guard header.isEncrypted else { return AnswerPDU.readScopedPDU(octets.span, at: header.scopedData) }
    var wrapped = BERReader(header.scopedData)
    guard let keys, let (tag, ciphertext) = try? wrapped.anyContent(octets.span), tag == BERTag.octetString else {
      return nil
    }
    var span = octets.mutableSpan
    guard
      keys.decrypt(
        &span, ciphertext, salt: header.privParameters, boots: header.engineBoots, time: header.engineTime)
    else { return nil }
    return AnswerPDU.readScopedPDU(octets.span, at: ciphertext)
  }

  private func learn(_ report: AnswerPDU, _ header: V3Header, _ octets: [UInt8], now: UInt64) -> Reading {
    let name = report.firstName
    guard name.starts(with: Self.usmStats), name.count > Self.usmStats.count else { return .none }
    switch USMStatistics.Counter(rawValue: Int(name[Self.usmStats.count])) {
    case .unknownEngineIDs: return learnEngine(header, Array(octets[header.engineID]), now: now)
    // What is not authenticated sets no clock (RFC 3414 §3.2, 7b).
    case .notInTimeWindows: return header.isAuthenticated ? .synchronized(messageID: header.messageID) : .none
    case .unknownUserNames: return .refused("it does not know the user \(userText)")
    case .wrongDigests: return .refused("it finds our digest wrong: the secrets of user \(userText) differ")
    case .unsupportedSecLevels: return .refused("it does not support the security level for user \(userText)")
    case .decryptionErrors: return .refused("it cannot decrypt: the privacy secrets of user \(userText) differ")
    case nil: return .none
    }
  }

  /// Boots and time are what it says, until an authentic message says otherwise.
  private func learnEngine(_ header: V3Header, _ engine: [UInt8], now: UInt64) -> Reading {
    guard 5...32 ~= engine.count else { return .none }
    guard engine != settings.local.engineID else { return .ownEngine }
    let keys = LocalizedKeys(user, engineID: engine)
    // What waits is sealed anew at once, which without keys it cannot be.
    guard keys != nil || settings.level == 0 else { return .refused(Self.localizedElsewhere(userText)) }
    engineID = engine
    self.keys = keys
    setTime(header, now: now, isAuthentic: false)
    return .synchronized(messageID: header.messageID)
  }
}
