import SNMPWire
import TrapSecurity

/// An SNMPv3 sender with one user: each message has an ID of its own.
final class V3Sender {
  let user: USMUser
  let engineID: [UInt8]
  private let keys: LocalizedKeys?
  private var messageID: Int32 = 0

  init(_ user: USMUser, engineID: [UInt8] = [0x80, 0, 0, 1, 5, 7]) {
    self.user = user
    self.engineID = engineID
    keys = LocalizedKeys(user, engineID: engineID)
  }

  static let secret = KeyMaterial.master([UInt8](repeating: 9, count: 20))
  /// Users of any engine.
  static let open = USMUser(name: Array("open".utf8))
  static let signing = USMUser(name: Array("signing".utf8), authentication: .init(.sha1, secret))
  static let secretive = USMUser(
    name: Array("secretive".utf8), authentication: .init(.sha1, secret), privacy: .init(.aes128, secret))
  static let directory = CredentialsDirectory(
    [open, signing, secretive].map { Credentials(name: String(decoding: $0.name, as: UTF8.self), .user($0)) })

  func trap(
    _ oid: [UInt32] = TrapMaker.linkDown, boots: Int32 = 3, time: Int32 = 100, request: UInt32 = 1
  ) -> [UInt8] {
    message(TrapMaker.v2PDU(tag: 0xa7, oid, request: request), flags: user.level, boots: boots, time: time)
  }

  /// To `Bench.local`, whose time is `time`.
  func inform(request: UInt32 = 1, time: Int32 = 1_000) -> [UInt8] {
    let pdu = TrapMaker.v2PDU(tag: 0xa6, TrapMaker.linkDown, request: request)
    return message(pdu, flags: user.level | 4, boots: 5, time: time)
  }

  func message(_ pdu: [UInt8], flags: UInt8, boots: Int32, time: Int32) -> [UInt8] {
    messageID += 1
    return USMSealer.seal(
      messageID: messageID, flags: flags, engineID: engineID, boots: boots, time: time, user: user.name, keys: keys,
      contextEngineID: engineID, contextName: [], pdu: pdu, salt: UInt64(messageID))
  }
}
