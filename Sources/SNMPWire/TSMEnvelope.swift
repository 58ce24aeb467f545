/// Messages of the Transport Security Model (RFC 5591): security model 4, no security parameters of their own, for the
/// transport vouches for them. Pure functions.
package enum TSMEnvelope {
  private static let model: Int32 = 4

  /// The message with security parameters as USM's: { contextEngineID, 0, 0, `securityName`, "", "" }, its flags those
  /// of authPriv, the model still 4, so that every later stage finds engine ID and user where it looks for them. The
  /// scoped PDU is plaintext, as it was.
  ///
  /// nil for anything but a v3 message of this model with a plaintext scoped PDU and empty parameters, and for a name
  /// that is not of 1...32 octets.
  package static func normalized(_ message: Span<UInt8>, securityName: [UInt8]) -> [UInt8]? {
    guard 1...V3Identity.octetsMax ~= securityName.count, let parts = Parts(message), parts.parameters.isEmpty,
      let engineID = parts.contextEngineID(message), engineID.count <= V3Identity.octetsMax
    else { return nil }
    return parts.written(message, flags: parts.flags | 3) { security in
      security.sequence { fields in
        fields.octetString(engineID.map { message[$0] })
        fields.integer(0)
        fields.integer(0)
        fields.octetString(securityName)
        fields.octetString([])
        fields.octetString([])
      }
    }
  }

  /// The message as it goes over the wire: without security parameters. What is no v3 message of this model is returned
  /// as it is.
  package static func transported(_ message: [UInt8]) -> [UInt8] {
    let octets = message.span
    guard let parts = Parts(octets) else { return message }
    return parts.written(octets, flags: parts.flags) { _ in }
  }

  /// The Response to an inform in the normalized form, itself in that form: the same message, not reportable, its PDU
  /// with another tag and error-status and error-index 0 (RFC 3416 §4.2.7). nil where it is no inform.
  package static func response(to message: Span<UInt8>) -> [UInt8]? {
    guard let parts = Parts(message), let scoped = parts.scoped(message) else { return nil }
    do throws(BERError) {
      var reader = BERReader(scoped.pdu)
      guard try reader.tag(message) == BERTag.inform else { return nil }
      var pdu = BERReader(try reader.content(BERTag.inform, message))
      let requestID = try pdu.integer32(message)
      _ = try pdu.integer32(message)
      _ = try pdu.integer32(message)
      let varbinds = (pdu.offset..<pdu.end).map { message[$0] }
      var answer = BERWriter()
      answer.sequence { sequence in
        sequence.octetString(scoped.engineID.map { message[$0] })
        sequence.octetString(scoped.contextName.map { message[$0] })
        sequence.constructed(BERTag.response) { body in
          body.integer(Int64(requestID))
          body.integer(0)
          body.integer(0)
          body.raw(varbinds)
        }
      }
      return parts.written(flags: parts.flags & 3, scoped: answer.octets) { security in
        security.raw(parts.parameters.map { message[$0] })
      }
    } catch {
      return nil
    }
  }
}

extension TSMEnvelope {
  /// Where the parts of a v3 message of this model stand.
  private struct Parts {
    let messageID: Int32
    let maximumSize: Int32
    let flags: UInt8
    /// The content of msgSecurityParameters.
    let parameters: Range<Int>
    /// The scoped PDU with its tag, to the end of the message.
    let scopedPDU: Range<Int>

    init?(_ octets: Span<UInt8>) {
      do throws(BERError) {
        var datagram = BERReader(octets)
        var message = BERReader(try datagram.content(BERTag.sequence, octets))
        guard try message.integer32(octets) == 3 else { return nil }
        var global = BERReader(try message.content(BERTag.sequence, octets))
        messageID = try global.integer32(octets)
        maximumSize = try global.integer32(octets)
        let flags = try global.content(BERTag.octetString, octets)
        guard flags.count == 1, try global.integer32(octets) == TSMEnvelope.model else { return nil }
        self.flags = octets[flags.lowerBound]
        parameters = try message.content(BERTag.octetString, octets)
        scopedPDU = message.offset..<message.end
        guard try message.tag(octets) == BERTag.sequence else { return nil }
      } catch {
        return nil
      }
    }

    func contextEngineID(_ octets: Span<UInt8>) -> Range<Int>? { scoped(octets)?.engineID }

    func scoped(_ octets: Span<UInt8>) -> (engineID: Range<Int>, contextName: Range<Int>, pdu: Range<Int>)? {
      do throws(BERError) {
        var reader = BERReader(scopedPDU)
        var scoped = BERReader(try reader.content(BERTag.sequence, octets))
        let engineID = try scoped.content(BERTag.octetString, octets)
        let contextName = try scoped.content(BERTag.octetString, octets)
        return (engineID, contextName, scoped.offset..<scoped.end)
      } catch {
        return nil
      }
    }

    /// The message with these flags, and security parameters as `security` writes them.
    func written(_ octets: Span<UInt8>, flags: UInt8, security: (inout BERWriter) -> Void) -> [UInt8] {
      written(flags: flags, scoped: scopedPDU.map { octets[$0] }, security: security)
    }

    func written(flags: UInt8, scoped: [UInt8], security: (inout BERWriter) -> Void) -> [UInt8] {
      var parameters = BERWriter()
      security(&parameters)
      var writer = BERWriter()
      writer.sequence { message in
        message.integer(3)
        message.sequence { global in
          global.integer(Int64(messageID))
          global.integer(Int64(maximumSize))
          global.octetString([flags])
          global.integer(Int64(TSMEnvelope.model))
        }
        message.octetString(parameters.octets)
        message.raw(scoped)
      }
      return writer.octets
    }
  }
}
