/// The Response or Report that answers a confirmed notification (RFC 3416 §4.2.7, RFC 3412 §7.1).
package struct AnswerPDU: Sendable, Equatable {
  package let isReport: Bool
  package let requestID: Int32
  package let errorStatus: Int32
  package let errorIndex: Int32
  /// The content octets of the first varbind's name: of a Report, which usmStats counter it is about.
  package let firstName: [UInt8]

  /// Of a message of SNMPv1 or v2c; nil where it is no answer.
  package static func readCommunityMessage(_ octets: Span<UInt8>) -> AnswerPDU? {
    do throws(BERError) {
      var datagram = BERReader(octets)
      var message = try datagram.clamped(BERTag.sequence, octets)
      guard try message.integer32(octets) <= 1 else { return nil }
      _ = try message.content(BERTag.octetString, octets)
      return try AnswerPDU(octets, &message)
    } catch {
      return nil
    }
  }

  /// Of a plaintext scoped PDU that stands at `range`, padding included; nil where it is no answer.
  package static func readScopedPDU(_ octets: Span<UInt8>, at range: Range<Int>) -> AnswerPDU? {
    do throws(BERError) {
      var reader = BERReader(range)
      var scoped = try reader.clamped(BERTag.sequence, octets)
      _ = try scoped.content(BERTag.octetString, octets)
      _ = try scoped.content(BERTag.octetString, octets)
      return try AnswerPDU(octets, &scoped)
    } catch {
      return nil
    }
  }

  private init?(_ octets: Span<UInt8>, _ reader: inout BERReader) throws(BERError) {
    let (tag, content) = try reader.anyContent(octets)
    guard tag == BERTag.response || tag == BERTag.report else { return nil }
    isReport = tag == BERTag.report
    var fields = BERReader(content)
    requestID = try fields.integer32(octets)
    errorStatus = try fields.integer32(octets)
    errorIndex = try fields.integer32(octets)
    var list = BERReader(try fields.content(BERTag.sequence, octets))
    guard !list.isAtEnd else {
      firstName = []
      return
    }
    var varbind = BERReader(try list.content(BERTag.sequence, octets))
    firstName = octets.copy(try varbind.objectIdentifier(octets))
  }
}
