/// Where the parts of a v3 message's scoped PDU stand (RFC 3412 §6.8), plain or decrypted in place, whatever its PDU is.
package struct ScopedPDU: Sendable {
  package let contextEngineID: Range<Int>
  package let contextName: Range<Int>
  package let pduTag: UInt8
  /// The content octets of the PDU, clamped to those that are there.
  package let pdu: Range<Int>

  /// nil where there is none to be read: the data is still encrypted, or broken.
  package init?(_ octets: Span<UInt8>, header: V3Header) {
    do throws(BERError) {
      var data = BERReader(header.scopedData)
      if header.hasEncryptedData {
        guard try data.tag(octets) == BERTag.octetString else { return nil }
        data = BERReader(try data.clampedContent(octets))
      }
      var scoped = try data.clamped(BERTag.sequence, octets)
      contextEngineID = try scoped.content(BERTag.octetString, octets)
      contextName = try scoped.content(BERTag.octetString, octets)
      pduTag = try scoped.tag(octets)
      guard BERTag.firstPDU...BERTag.lastPDU ~= pduTag else { return nil }
      pdu = try scoped.clampedContent(octets)
    } catch {
      return nil
    }
  }

  /// The content octets of request-id, and what follows error-status and error-index; nil where it has other fields.
  package func fields(_ octets: Span<UInt8>) -> (requestID: Range<Int>, varbinds: Range<Int>)? {
    guard pduTag != BERTag.trapV1 else { return nil }
    var reader = BERReader(pdu)
    do throws(BERError) {
      let requestID = try reader.content(BERTag.integer, octets)
      guard 1...4 ~= requestID.count else { return nil }
      _ = try reader.content(BERTag.integer, octets)
      _ = try reader.content(BERTag.integer, octets)
      return (requestID, reader.offset..<reader.end)
    } catch {
      return nil
    }
  }

  /// The request-id; 0 where it has none to be read.
  package func requestID(_ octets: Span<UInt8>) -> Int32 {
    guard pduTag != BERTag.trapV1 else { return 0 }
    var reader = BERReader(pdu)
    return (try? reader.integer32(octets)) ?? 0
  }
}
