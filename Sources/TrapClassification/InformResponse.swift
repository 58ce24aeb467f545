internal import SNMPWire

/// The Response to an inform whose message has no digest (RFC 3416 §4.2.7): its own octets with another tag. Of a v3
/// message, which the transport secures, in the same form as it came: with USM's parameters.
internal enum InformResponse {
  /// error-status and error-index become 0 in as many octets as they had.
  static func make(to octets: Span<UInt8>, peek: TrapPeek) -> [UInt8] {
    var response: [UInt8] = []
    response.reserveCapacity(octets.count)
    for index in 0..<octets.count { response.append(octets[index]) }
    response[peek.pduTag] = BERTag.response
    if peek.version == .v3, let flags = msgFlags(octets) { response[flags] &= ~reportable }
    var reader = BERReader(peek.pdu)
    do throws(BERError) {
      _ = try reader.content(BERTag.integer, octets)
      for _ in 0..<2 { for index in try reader.content(BERTag.integer, octets) { response[index] = 0 } }
    } catch {
      // It was accepted as it is, so it is answered as far as it can be read: its sender knows its own request ID.
    }
    return response
  }

  private static let reportable: UInt8 = 4

  /// Where msgFlags stands (RFC 3412 §6.4).
  private static func msgFlags(_ octets: Span<UInt8>) -> Int? {
    do throws(BERError) {
      var datagram = BERReader(octets)
      var message = try datagram.clamped(BERTag.sequence, octets)
      _ = try message.content(BERTag.integer, octets)
      var global = BERReader(try message.content(BERTag.sequence, octets))
      for _ in 0..<2 { _ = try global.content(BERTag.integer, octets) }
      return try global.content(BERTag.octetString, octets).first
    } catch {
      return nil
    }
  }
}
