import SNMPWire
import Testing

@Suite("Messages of the Transport Security Model")
struct TSMEnvelopeTests {
  /// As Net-SNMP's snmpinform sends one over TLS.
  private func message(model: Int64 = 4, parameters: [UInt8] = [], tag: UInt8 = 0xa6, flags: UInt8 = 7) -> [UInt8] {
    var writer = BERWriter()
    writer.sequence { message in
      message.integer(3)
      message.sequence { global in
        global.integer(0x1234_5678)
        global.integer(65_507)
        global.octetString([flags])
        global.integer(model)
      }
      message.octetString(parameters)
      message.sequence { scoped in
        scoped.octetString([0x80, 0, 0, 0, 1, 2, 3, 4])
        scoped.octetString(Array("ctx".utf8))
        scoped.constructed(tag) { pdu in
          pdu.integer(99)
          pdu.integer(5)
          pdu.integer(6)
          pdu.sequence { list in
            list.sequence { varbind in
              varbind.objectIdentifier([1, 3, 6, 1, 2, 1, 1, 3, 0])
              varbind.integer(7, tag: 0x43)
            }
          }
        }
      }
    }
    return writer.octets
  }

  private func envelope(_ message: [UInt8], _ name: [UInt8]) -> [UInt8]? {
    TSMEnvelope.normalized(message.span, securityName: name)
  }

  private func answer(to message: [UInt8]) -> [UInt8]? { TSMEnvelope.response(to: message.span) }

  private func parameters(of message: [UInt8]) throws -> [[UInt8]] {
    let octets = message.span
    var reader = BERReader(octets)
    var body = BERReader(try reader.content(BERTag.sequence, octets))
    _ = try body.anyContent(octets)
    _ = try body.anyContent(octets)
    var wrapped = BERReader(try body.content(BERTag.octetString, octets))
    guard !wrapped.isAtEnd else { return [] }
    var fields = BERReader(try wrapped.content(BERTag.sequence, octets))
    var found: [[UInt8]] = []
    while !fields.isAtEnd { found.append(Array(message[try fields.anyContent(octets).content])) }
    return found
  }

  @Test("normalized, the parameters name the context's engine and the certificate's user, and the PDU is as it was")
  func normalized() throws {
    let original = message(flags: 4)
    let normalized = try #require(envelope(original, Array("noc".utf8)))
    #expect(
      try parameters(of: normalized) == [
        [0x80, 0, 0, 0, 1, 2, 3, 4], [0], [0], Array("noc".utf8), [], [],
      ])
    let flags: [UInt8] = [4, 1, 7, 2, 1, 4, 4]
    #expect(normalized.indices.contains { normalized[$0...].starts(with: flags) })
    #expect(Array(normalized.suffix(45)) == Array(original.suffix(45)))
    #expect(TSMEnvelope.transported(normalized) == message(flags: 7))
    let peek = try TrapPeek.read(normalized.span, acceptsTransportSecurity: true)
    #expect(peek.kind == .inform && peek.securityLevel == 3)
    #expect(Array(normalized[peek.userName]) == Array("noc".utf8))
    #expect(Array(normalized[peek.engineID]) == [0x80, 0, 0, 0, 1, 2, 3, 4])
    #expect(Array(normalized[peek.contextName]) == Array("ctx".utf8))
  }

  @Test("what is not of this model is not normalized, and goes out as it is")
  func others() {
    let name = Array("noc".utf8)
    for other in [
      message(model: 3), message(parameters: [0x30, 0]), Array(message().dropLast()), [], [0x30, 0],
      [0x30, 3, 2, 1, 1],
    ] {
      #expect(envelope(other, name) == nil, "\(other)")
    }
    #expect(envelope(message(), []) == nil)
    #expect(envelope(message(), [UInt8](repeating: 0x61, count: 33)) == nil)
    let usm = message(model: 3, parameters: [0x30, 0])
    #expect(TSMEnvelope.transported(usm) == usm)
  }

  @Test("the response to an inform is its own PDU with another tag and no error, and asks for no report")
  func response() throws {
    let normalized = try #require(envelope(message(), Array("noc".utf8)))
    let response = try #require(answer(to: normalized))
    var expected = message(tag: 0xa2, flags: 3)
    let errors: [UInt8] = [2, 1, 5, 2, 1, 6]
    let place = try #require(expected.indices.first { expected[$0...].starts(with: errors) })
    expected.replaceSubrange(place..<(place + 6), with: [2, 1, 0, 2, 1, 0])
    #expect(TSMEnvelope.transported(response) == expected)
    let trap = try #require(envelope(message(tag: 0xa7), Array("noc".utf8)))
    #expect(answer(to: trap) == nil)
  }

  @Test("no octet of a message that is changed or missing stops it")
  func mutations() throws {
    let original = message()
    let normalized = try #require(envelope(original, [0x61]))
    for octets in [original, normalized] {
      for index in octets.indices {
        for value in [0, 1, 0x7f, 0x80, 0x84, 0xff] as [UInt8] {
          var changed = octets
          changed[index] = value
          _ = envelope(changed, [0x61])
          _ = answer(to: changed)
          _ = TSMEnvelope.transported(changed)
        }
        _ = envelope(Array(octets[..<index]), [0x61])
      }
    }
  }
}
