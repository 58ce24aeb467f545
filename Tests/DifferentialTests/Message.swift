import SNMPWire
import TrapSecurity

/// A notification before it is sealed, so that what is inside a digest or a cipher can be broken before they are made.
struct Message {
  enum Envelope {
    case community(version: Int64, [UInt8])
    case user(Sender, contextName: [UInt8])
  }

  let envelope: Envelope
  /// Tag, length and content.
  let pdu: [UInt8]
  let number: Int32

  static let boots: Int32 = 3
  static let time: Int32 = 1_000_000

  /// As a sender sends it.
  var octets: [UInt8] {
    guard case .user(let sender, let contextName) = envelope else { return plain(pdu) }
    return USMSealer.seal(
      messageID: number, flags: sender.user.level, engineID: sender.engineID, boots: Self.boots, time: Self.time,
      user: sender.user.name, keys: Message.keys(sender), contextEngineID: sender.engineID, contextName: contextName,
      pdu: pdu, salt: UInt64(number))
  }

  /// What digest and cipher cover: the scoped PDU, or without them the PDU.
  var inner: [UInt8] {
    guard case .user(let sender, let contextName) = envelope else { return pdu }
    var writer = BERWriter()
    writer.sequence {
      $0.octetString(sender.engineID)
      $0.octetString(contextName)
      $0.raw(pdu)
    }
    return writer.octets
  }

  /// The message with other octets inside, encrypted and signed as ever.
  func octets(inner: [UInt8]) -> [UInt8] {
    guard case .user(let sender, _) = envelope else { return plain(inner) }
    var data = inner
    var salt: [UInt8] = []
    let keys = Message.keys(sender)
    if sender.user.level == 3, let keys {
      let sealed = keys.encrypt(inner, salt: UInt64(number), boots: Self.boots, time: Self.time)
      salt = sealed.parameters
      var string = BERWriter()
      string.octetString(sealed.ciphertext)
      data = string.octets
    }
    var message = v3(sender, salt, data)
    Message.sign(&message)
    return message
  }

  /// Makes the digest right, where the message still has one and a user whose it is.
  static func sign(_ message: inout [UInt8]) {
    guard let header = try? V3Header.read(message.span), header.isAuthenticated,
      let sender = Sender.named(Array(message[header.userName])),
      header.authParameters.count == sender.user.authentication?.method.digestOctets
    else { return }
    let engineID = Array(message[header.engineID])
    let keys = engineID == sender.engineID ? keys(sender) : LocalizedKeys(sender.user, engineID: engineID)
    keys?.sign(&message, parameters: header.authParameters)
  }

  private func plain(_ pdu: [UInt8]) -> [UInt8] {
    guard case .community(let version, let community) = envelope else { return pdu }
    var writer = BERWriter()
    writer.sequence {
      $0.integer(version)
      $0.octetString(community)
      $0.raw(pdu)
    }
    return writer.octets
  }

  private func v3(_ sender: Sender, _ salt: [UInt8], _ data: [UInt8]) -> [UInt8] {
    var security = BERWriter()
    security.sequence {
      $0.octetString(sender.engineID)
      $0.integer(Int64(Self.boots))
      $0.integer(Int64(Self.time))
      $0.octetString(sender.user.name)
      $0.octetString([UInt8](repeating: 0, count: sender.user.authentication?.method.digestOctets ?? 0))
      $0.octetString(salt)
    }
    var writer = BERWriter()
    writer.sequence {
      $0.integer(3)
      $0.sequence {
        $0.integer(Int64(number))
        $0.integer(65_507)
        $0.octetString([sender.user.level])
        $0.integer(3)
      }
      $0.octetString(security.octets)
      $0.raw(data)
    }
    return writer.octets
  }

  /// Each user's keys at its engine; the tests that share them run one after the other.
  nonisolated(unsafe) private static var kept: [String: LocalizedKeys] = [:]

  private static func keys(_ sender: Sender) -> LocalizedKeys? {
    guard sender.user.authentication != nil else { return nil }
    if let keys = unsafe kept[sender.name] { return keys }
    let keys = LocalizedKeys(sender.user, engineID: sender.engineID)
    unsafe kept[sender.name] = keys
    return keys
  }
}
