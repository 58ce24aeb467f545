/// Walks a varbind list in order. A copy starts where the original stands.
package struct VarbindReader: Sendable {
  private var list: BERReader

  init(_ list: Range<Int>) {
    self.list = BERReader(list)
  }

  /// Where the next varbind begins, or the list ends.
  package var offset: Int { list.offset }

  /// The next varbind, nil behind the last. A reader from a `NotificationDecoder` never throws for the octets that
  /// were decoded.
  package mutating func next(_ octets: Span<UInt8>) throws(BERError) -> Varbind? {
    guard !list.isAtEnd else { return nil }
    return try Varbind(octets, &list)
  }
}
