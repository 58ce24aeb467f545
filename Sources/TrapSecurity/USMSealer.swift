/// Writes SNMPv3 messages of ours (RFC 3412 §6, RFC 3414 §3.1).
package enum USMSealer {
  /// - Parameters:
  ///   - flags: msgFlags; with 1 the keys sign, with 3 they encrypt as well.
  ///   - pdu: tag, length and content.
  package static func seal(
    messageID: Int32, flags: UInt8, engineID: [UInt8], boots: Int32, time: Int32, user: [UInt8], keys: LocalizedKeys?,
    contextEngineID: [UInt8], contextName: [UInt8], pdu: [UInt8], salt: UInt64
  ) -> [UInt8] { [] }
}
