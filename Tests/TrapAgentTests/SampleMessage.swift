import SNMPWire

/// SNMPv2c notifications of a size that the test wants.
enum SampleMessage {
  static func notification(_ requestID: Int64, tag: UInt8 = BERTag.trapV2, filler: Int = 0) -> [UInt8] {
    var writer = BERWriter()
    writer.sequence { message in
      message.integer(1)
      message.octetString(Array("public".utf8))
      message.constructed(tag) { pdu in
        pdu.integer(requestID)
        pdu.integer(0)
        pdu.integer(0)
        pdu.sequence { list in
          list.sequence { varbind in
            varbind.objectIdentifier([1, 3, 6, 1, 2, 1, 1, 3, 0])
            varbind.integer(7, tag: BERTag.timeTicks)
          }
          list.sequence { varbind in
            varbind.objectIdentifier([1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0])
            varbind.objectIdentifier([1, 3, 6, 1, 6, 3, 1, 1, 5, 3])
          }
          if filler > 0 {
            list.sequence { varbind in
              varbind.objectIdentifier([1, 3, 6, 1, 2, 1, 1, 1, 0])
              varbind.octetString([UInt8](repeating: 0x61, count: filler))
            }
          }
        }
      }
    }
    return writer.octets
  }
}
