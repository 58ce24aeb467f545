internal import SNMPWire

/// Writes SNMPv3 messages of ours (RFC 3412 §6, RFC 3414 §3.1).
package enum USMSealer {
  /// msgMaxSize of ours: the largest UDP payload over IPv4.
  package static let maximumSize = 65_507
  private static let version: Int64 = 3
  private static let userSecurityModel: Int64 = 3

  /// - Parameters:
  ///   - flags: msgFlags; with 1 the keys sign, with 3 they encrypt as well.
  ///   - pdu: tag, length and content.
  package static func seal(
    messageID: Int32, flags: UInt8, engineID: [UInt8], boots: Int32, time: Int32, user: [UInt8], keys: LocalizedKeys?,
    contextEngineID: [UInt8], contextName: [UInt8], pdu: [UInt8], salt: UInt64
  ) -> [UInt8] {
    let level = flags & 3
    precondition(level != 2, "msgFlags \(flags): privacy without authentication")
    precondition(level == 0 || keys != nil, "msgFlags \(flags) without keys")
    var data = scoped(contextEngineID, contextName, pdu)
    var privacyParameters: [UInt8] = []
    if level == 3, let keys {
      let sealed = keys.encrypt(data, salt: salt, boots: boots, time: time)
      privacyParameters = sealed.parameters
      var string = BERWriter()
      string.octetString(sealed.ciphertext)
      data = string.octets
    }
    let blank = level == 0 ? 0 : keys?.user.authentication?.method.digestOctets ?? 0
    let security = parameters(engineID, boots, time, user, blank: blank, privacyParameters)
    var writer = BERWriter()
    writer.sequence {
      $0.integer(version)
      $0.sequence {
        $0.integer(Int64(messageID))
        $0.integer(Int64(maximumSize))
        $0.octetString([flags])
        $0.integer(userSecurityModel)
      }
      $0.octetString(security)
      $0.raw(data)
    }
    var message = writer.octets
    guard level != 0, let keys else { return message }
    // The digest is followed by the privacy parameters, with two octets of tag and length, and the data.
    let end = message.count - data.count - privacyParameters.count - 2
    keys.sign(&message, parameters: end - blank..<end)
    return message
  }

  private static func scoped(_ engineID: [UInt8], _ name: [UInt8], _ pdu: [UInt8]) -> [UInt8] {
    var writer = BERWriter()
    writer.sequence {
      $0.octetString(engineID)
      $0.octetString(name)
      $0.raw(pdu)
    }
    return writer.octets
  }

  /// UsmSecurityParameters, with zeroes where the digest goes.
  private static func parameters(
    _ engineID: [UInt8], _ boots: Int32, _ time: Int32, _ user: [UInt8], blank: Int, _ privacyParameters: [UInt8]
  ) -> [UInt8] {
    var writer = BERWriter()
    writer.sequence {
      $0.octetString(engineID)
      $0.integer(Int64(boots))
      $0.integer(Int64(time))
      $0.octetString(user)
      $0.octetString([UInt8](repeating: 0, count: blank))
      $0.octetString(privacyParameters)
    }
    return writer.octets
  }
}
