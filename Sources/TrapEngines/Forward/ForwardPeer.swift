internal import SNMPWire
internal import TrapSecurity

/// The receiver of SNMPv3 messages as an SNMP engine: for informs it is the authoritative one, so its engine ID, boots and
/// time are found out first (RFC 3414 §4); for traps we are. One thread's own.
internal final class ForwardPeer {
  /// What an answer of SNMPv3 says.
  enum Reading {
    case answer(messageID: Int32, AnswerPDU)
    /// It told its engine ID or its time: what waits is sent again.
    case synchronized
    /// A Report about our user or keys: nothing will be accepted until somebody mends that.
    case refused(String)
    /// Not ours, or not verified.
    case none
  }

  private static let usmStats: [UInt8] = [0x2B, 6, 1, 6, 3, 15, 1, 1]

  private let settings: ForwardEngineSettings
  private let user: USMUser
  /// For traps.
  private let own: LocalizedKeys?
  /// For informs; nil until the peer's engine ID is known.
  private var keys: LocalizedKeys?
  private var engineID: [UInt8] = []
  private var boots: Int32 = 0
  private var time: Int32 = 0
  /// Monotonic nanoseconds at which `time` was right.
  private var timeSet: UInt64 = 0
  private var salt: UInt64

  init(_ settings: ForwardEngineSettings, user: USMUser, salt: UInt64) {
    self.settings = settings
    self.user = user
    own = LocalizedKeys(user, engineID: settings.local.engineID)
    keys = nil
    self.salt = salt
  }

  var isKnown: Bool { !engineID.isEmpty }

  /// The message that a peer answers with a Report of its engine ID (RFC 3414 §4).
  func discovery(messageID: Int32) -> [UInt8] {
    var pdu = BERWriter()
    pdu.constructed(BERTag.getRequest) { fields in
      fields.integer(Int64(messageID))
      fields.integer(0)
      fields.integer(0)
      fields.sequence { _ in }
    }
    return USMSealer.seal(
      messageID: messageID, flags: 4, engineID: [], boots: 0, time: 0, user: [], keys: nil, contextEngineID: [],
      contextName: [], pdu: pdu.octets, salt: 0)
  }

  func seal(_ message: ForwardMessage, messageID: Int32, now: UInt64) -> [UInt8] {
    salt &+= 1
    let isInform = message.requestID != nil
    let local = settings.local
    return USMSealer.seal(
      messageID: messageID, flags: settings.level | (isInform ? 4 : 0),
      engineID: isInform ? engineID : local.engineID, boots: isInform ? boots : local.boots,
      time: isInform ? timeAt(now) : local.time(now: now), user: user.name,
      keys: settings.level == 0 ? nil : isInform ? keys : own, contextEngineID: message.contextEngineID,
      contextName: message.contextName, pdu: message.octets, salt: salt)
  }

  private func timeAt(_ now: UInt64) -> Int32 {
    Int32(clamping: Int64(time) + Int64((now &- timeSet) / 1_000_000_000))
  }

  /// Reads what the peer sent, and learns from it.
  func read(_ octets: [UInt8], now: UInt64) -> Reading {
    var octets = octets
    let header: V3Header
    do throws(PeekRefusal) {
      header = try V3Header.read(octets.span)
    } catch {
      return .none
    }
    if header.isAuthenticated {
      guard let keys, keys.verify(octets.span, parameters: header.authParameters) else { return .none }
    }
    guard let answer = answer(header, &octets) else { return .none }
    guard answer.isReport else {
      // A response must be as secure as what it answers.
      guard header.flags & 3 == settings.level else { return .none }
      return .answer(messageID: header.messageID, answer)
    }
    return learn(answer, header, octets, now: now)
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
    guard report.firstName.starts(with: Self.usmStats), report.firstName.count > Self.usmStats.count else { return .none }
    let arc = Int(report.firstName[Self.usmStats.count])
    switch USMStatistics.Counter(rawValue: arc) {
    case .unknownEngineIDs:
      engineID = Array(octets[header.engineID])
      keys = LocalizedKeys(user, engineID: engineID)
    // What is not authenticated sets no clock (RFC 3414 §3.2, 7b).
    case .notInTimeWindows where header.isAuthenticated: break
    case .notInTimeWindows: return .none
    case .unknownUserNames: return .refused("it does not know the user \(String(decoding: user.name, as: UTF8.self))")
    case .wrongDigests: return .refused("it finds our digest wrong: the user's secrets differ")
    case .unsupportedSecLevels: return .refused("it does not support the security level for this user")
    case .decryptionErrors: return .refused("it cannot decrypt: the user's privacy secrets differ")
    case nil: return .none
    }
    boots = header.engineBoots
    time = header.engineTime
    timeSet = now
    return .synchronized
  }
}
