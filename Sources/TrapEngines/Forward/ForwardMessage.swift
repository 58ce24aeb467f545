internal import TrapBatching

/// One trap as it is sent on.
internal struct ForwardMessage: Sendable {
  /// Of SNMPv3: the octets are a PDU, to be sealed for the engine and the time of each sending.
  struct Context: Sendable {
    let engineID: [UInt8]
    let name: [UInt8]
  }

  let sequence: UInt64
  /// Whose traps are sent on in their order.
  let source: SourceAddress
  /// Of an inform; nil for a trap, which nobody answers.
  let requestID: Int32?
  /// The message, or the PDU of one that is to be sealed.
  let octets: [UInt8]
  /// nil: it goes out as it is.
  var sealed: Context?

  /// A number of the trap's own, the same whenever it is sent: msgID, and the request-id of what is rewritten, so that a
  /// receiver knows an inform that it has answered already.
  static func number(of sequence: UInt64) -> Int32 { Int32(truncatingIfNeeded: sequence & 0x7FFF_FFFF) }

  var messageID: Int32 { ForwardMessage.number(of: sequence) }
  /// By which an inform's response is known.
  var answerID: Int32 { sealed == nil ? requestID ?? 0 : messageID }
}
