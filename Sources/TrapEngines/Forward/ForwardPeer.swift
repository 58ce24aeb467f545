internal import SNMPWire
internal import TrapSecurity

/// The receiver of SNMPv3 messages as an SNMP engine: for informs it is the authoritative one, so its engine ID, boots and
/// time are found out first (RFC 3414 §4); for traps we are. One thread's own.
internal final class ForwardPeer {
  let settings: ForwardEngineSettings
  let user: USMUser
  /// For traps.
  private let own: LocalizedKeys?
  private var salt: UInt64
  /// For informs; nil until the peer's engine ID is known.
  var keys: LocalizedKeys?
  var engineID: [UInt8] = []
  var boots: Int32 = 0
  var time: Int32 = 0
  /// Whether boots and time are from a message with the right digest.
  var isTimeAuthentic = false
  /// Monotonic nanoseconds at which `time` was right.
  var timeSet: UInt64 = 0

  init(_ settings: ForwardEngineSettings, user: USMUser, salt: UInt64) {
    self.settings = settings
    self.user = user
    own = LocalizedKeys(user, engineID: settings.local.engineID)
    self.salt = salt
  }

  var isKnown: Bool { !engineID.isEmpty }

  /// Why nothing can be sealed; nil where it can.
  func problem(isInform: Bool) -> String? {
    guard settings.level != 0 else { return nil }
    if (isInform ? keys : own) == nil {
      return Self.localizedElsewhere(userText, than: isInform ? "the receiver" : "ours")
    }
    // RFC 3414 §3.2 7b: whoever gets a signed message with these boots takes no more of us.
    guard !isInform, settings.local.boots == LocalEngine.latchedBoots else { return nil }
    return "our engine boots are latched at \(LocalEngine.latchedBoots), and no receiver takes an SNMPv3 trap that is "
      + "signed with them; the log of the start says what to do"
  }

  static func localizedElsewhere(_ user: String, than engine: String = "the receiver") -> String {
    "the secrets of user \(user) are localized for another engine than \(engine)"
  }

  var userText: String { String(decoding: user.name, as: UTF8.self) }

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

  /// Where there is no `problem`.
  func seal(_ message: ForwardMessage, _ context: ForwardMessage.Context, now: UInt64) -> [UInt8] {
    salt &+= 1
    let isInform = message.requestID != nil
    let local = settings.local
    return USMSealer.seal(
      messageID: message.messageID, flags: settings.level | (isInform ? 4 : 0),
      engineID: isInform ? engineID : local.engineID, boots: isInform ? boots : local.boots,
      time: isInform ? timeAt(now) : local.time(now: now), user: user.name,
      keys: settings.level == 0 ? nil : isInform ? keys : own, contextEngineID: context.engineID,
      contextName: context.name, pdu: message.octets, salt: salt)
  }

  func timeAt(_ now: UInt64) -> Int32 {
    Int32(clamping: Int64(time) + Int64((now &- timeSet) / 1_000_000_000))
  }

  /// What does not answer any more may have forgotten its boots, or be another engine now.
  func forget() {
    engineID = []
    keys = nil
    isTimeAuthentic = false
  }
}
