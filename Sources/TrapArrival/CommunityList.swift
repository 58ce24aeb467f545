/// The communities that a listener takes. They are octets, not text (RFC 3584 §5), and they are secrets.
internal struct CommunityList: Sendable, Equatable {
  private let short: [PackedCommunity]
  /// Those that do not fit a packed one.
  private let long: [[UInt8]]

  init(_ communities: [[UInt8]]) {
    short = communities.filter { $0.count <= PackedCommunity.octetsMax }.map { PackedCommunity($0.span, 0..<$0.count) }
    long = communities.filter { $0.count > PackedCommunity.octetsMax }
  }

  /// Whether the octets of `datagram` at `range` are one of the communities. What it takes depends on what was received
  /// and on how many communities there are, not on how much of one was right: all are compared, and all of each.
  func contains(_ datagram: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let received = PackedCommunity(datagram, range)
    var matches = 0
    for index in 0..<short.count { matches |= short[index] == received ? 1 : 0 }
    for index in 0..<long.count where long[index].count == range.count {
      matches |= CommunityList.isEqual(long[index], datagram, range.lowerBound) ? 1 : 0
    }
    return matches != 0
  }

  private static func isEqual(_ community: [UInt8], _ datagram: Span<UInt8>, _ start: Int) -> Bool {
    var difference: UInt8 = 0
    for index in 0..<community.count { difference |= community[index] ^ datagram[start + index] }
    return difference == 0
  }
}
