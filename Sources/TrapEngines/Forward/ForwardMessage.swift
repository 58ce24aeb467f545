/// One trap as it is sent on.
internal struct ForwardMessage: Sendable {
  let sequence: UInt64
  /// The request ID of an inform, by which its response is known; nil for a trap, which nobody answers.
  let requestID: Int32?
  /// The message; where it is to be sealed as SNMPv3, for the engine and the time of each sending, its PDU.
  let octets: [UInt8]
  var isSealed = false
  /// Of a sealed one.
  var contextEngineID: [UInt8] = []
  var contextName: [UInt8] = []
}
