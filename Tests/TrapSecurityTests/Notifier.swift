import SNMPWire
import TrapSecurity

/// A sender of v3 notifications: its user, its engine or the receiver's, and what its clock says.
struct Notifier {
  var user = Notifier.user()
  var engineID: [UInt8] = [0x80, 0x00, 0x1F, 0x88, 0x04, 0x72, 0x31]
  var boots: Int32 = 7
  var time: Int32 = 1000
  /// msgFlags; nil for all that the user can.
  var flags: UInt8?
  var messageID: Int32 = 4711
  var requestID: Int64 = 815
  var tag = BERTag.trapV2
  var context: [UInt8] = Array("edge".utf8)

  static let authSecret: [UInt8] = (0..<32).map { UInt8($0) }
  static let privSecret: [UInt8] = (0..<32).map { UInt8(200 - $0) }

  static func user(
    _ name: String = "noc", level: UInt8 = 1, engineID: [UInt8]? = nil, secret: [UInt8] = authSecret,
    privSecret: [UInt8] = privSecret, minimumLevel: UInt8? = nil, checksTimeWindow: Bool = true
  ) -> USMUser {
    USMUser(
      name: Array(name.utf8), engineID: engineID,
      authentication: level > 0 ? USMUser.Authentication(.sha256, .master(secret)) : nil,
      privacy: level > 1 ? USMUser.Privacy(.aes128, .master(privSecret)) : nil,
      minimumLevel: minimumLevel, checksTimeWindow: checksTimeWindow)
  }

  /// A PDU with sysUpTime and linkDown.
  var pdu: [UInt8] {
    var writer = BERWriter()
    writer.constructed(tag) {
      $0.integer(requestID)
      $0.integer(0)
      $0.integer(0)
      $0.raw(Notifier.varbinds)
    }
    return writer.octets
  }

  static let varbinds: [UInt8] = {
    var writer = BERWriter()
    writer.sequence {
      $0.sequence {
        $0.objectIdentifier([1, 3, 6, 1, 2, 1, 1, 3, 0])
        $0.integer(100, tag: BERTag.timeTicks)
      }
      $0.sequence {
        $0.objectIdentifier([1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0])
        $0.objectIdentifier([1, 3, 6, 1, 6, 3, 1, 1, 5, 3])
      }
    }
    return writer.octets
  }()

  func message() -> [UInt8] {
    let flags = flags ?? user.level
    return USMSealer.seal(
      messageID: messageID, flags: flags, engineID: engineID, boots: boots, time: time, user: user.name,
      keys: flags & 3 == 0 ? nil : LocalizedKeys(user, engineID: engineID), contextEngineID: engineID,
      contextName: context, pdu: pdu, salt: UInt64(UInt32(bitPattern: messageID)))
  }
}
