internal import SNMPWire

/// The Response to an inform that nothing secures (RFC 3416 §4.2.7): its own octets with another tag.
internal enum InformResponse {
  /// error-status and error-index become 0 in as many octets as they had.
  static func make(to octets: Span<UInt8>, peek: TrapPeek) -> [UInt8] {
    var response: [UInt8] = []
    response.reserveCapacity(octets.count)
    for index in 0..<octets.count { response.append(octets[index]) }
    response[peek.pduTag] = BERTag.response
    var reader = BERReader(peek.pdu)
    do throws(BERError) {
      _ = try reader.content(BERTag.integer, octets)
      for _ in 0..<2 { for index in try reader.content(BERTag.integer, octets) { response[index] = 0 } }
    } catch {
      // It was accepted as it is, so it is answered as far as it can be read: its sender knows its own request ID.
    }
    return response
  }
}
