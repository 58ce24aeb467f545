/// A stream listener at one moment. Counts are since its start, but for those marked as of now.
package struct StreamStatistics: Sendable, Equatable {
  /// Of now.
  package let open: UInt64
  package let accepted: UInt64
  /// Connections refused because the listener has all that it may have.
  package let refusedByLimit: UInt64
  /// …or their source has.
  package let refusedBySourceLimit: UInt64
  package let idleClosed: UInt64
  package let failedHandshakes: UInt64
  /// Connections closed because what came is no SNMP message, or one above 65,535 octets.
  package let malformed: UInt64
  /// Connections closed at the bound of buffered octets.
  package let overBuffer: UInt64
  package let messages: UInt64
  /// Of the messages.
  package let octets: UInt64
  /// Octets of unfinished messages, of now.
  package let buffered: UInt64
  package let answersSent: UInt64
  package let answersDropped: UInt64
  /// Datagrams of DTLS that the kernel had no room for.
  package let kernelDrops: UInt64
  /// Why the last connection failed, with its peer.
  package let lastError: String?

  internal init(lastError: String?, _ number: (StreamCounters.Name) -> UInt64) {
    open = number(.open)
    accepted = number(.accepted)
    refusedByLimit = number(.refusedByLimit)
    refusedBySourceLimit = number(.refusedBySourceLimit)
    idleClosed = number(.idleClosed)
    failedHandshakes = number(.failedHandshakes)
    malformed = number(.malformed)
    overBuffer = number(.overBuffer)
    messages = number(.messages)
    octets = number(.octets)
    buffered = number(.buffered)
    answersSent = number(.answersSent)
    answersDropped = number(.answersDropped)
    kernelDrops = number(.kernelDrops)
    self.lastError = lastError
  }
}
