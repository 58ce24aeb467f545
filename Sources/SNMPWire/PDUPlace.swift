/// Where a notification's PDU stands in a datagram.
struct PDUPlace {
  let kind: NotificationKind
  let tag: Int
  let content: Range<Int>

  init(kind: NotificationKind, tag: Int, content: Range<Int>) {
    self.kind = kind
    self.tag = tag
    self.content = content
  }

  /// The PDU that the reader stands at. Once its tag is a notification's, nothing after it refuses the trap.
  init(_ octets: Span<UInt8>, _ reader: inout BERReader) throws(PeekRefusal) {
    let start = reader.offset
    guard start < reader.end else { throw .malformed }
    let tag = octets[start]
    guard let kind = NotificationKind(tag: tag) else {
      throw BERTag.firstPDU...BERTag.lastPDU ~= tag ? .notANotification : .malformed
    }
    self.init(kind: kind, tag: start, content: reader.clampedOrEmptyContent(octets))
  }
}

extension BERReader {
  /// The content of the next element as far as it is there; empty when its length cannot be read.
  mutating func clampedOrEmptyContent(_ octets: Span<UInt8>) -> Range<Int> {
    do throws(BERError) {
      return try clampedContent(octets)
    } catch {
      return offset..<offset
    }
  }
}
