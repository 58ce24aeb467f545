import SNMPWire
import TrapBatching

@testable import TrapAgent

/// Traps for the log of notifications, and logs of them.
enum SampleTraps {
  static let source = SourceAddress("192.0.2.7")!
  /// 2026-11-21 03:20:11.5.
  static let received: Int64 = 1_795_231_211_500_000_000
  private static let routed = RouteSetNumber(rawValue: 1)

  static func log(entries: Int, age: UInt64 = 0) -> RecentTraps {
    let octets = RecentTrapsLimits.leastOctets(entries: entries) + entries * 512
    return RecentTraps(RecentTrapsLimits(entries: entries, octets: octets, age: age), now: 0)
  }

  static func note(
    _ datagrams: [[UInt8]], from source: SourceAddress = source, listener: UInt16 = 0, marks: TrapMarks = [],
    in traps: RecentTraps, now: UInt64
  ) {
    var slab = Slab(octetCapacity: 1 << 20, entryCapacity: max(1, datagrams.count))
    for datagram in datagrams {
      let facts = ArrivalFacts(received: received, source: source, port: 4660, listener: listener)
      _ = slab.append(facts, datagram.span)
    }
    let placements = datagrams.map { _ in Placement(route: routed, marks: marks) }
    traps.note(slab, placements, placed: datagrams.count, now: now)
  }

  /// A linkDown with what `more` writes behind its two header varbinds.
  static func version2(_ more: (inout BERWriter) -> Void = { _ in }) -> [UInt8] {
    message(1) { message in
      message.octetString(Array("s3cret".utf8))
      pdu(&message, more)
    }
  }

  static let everyType = version2 { list in
    list.varbind([1, 3, 6, 1, 9, 1]) { $0.integer(-5) }
    list.varbind([1, 3, 6, 1, 9, 2]) { $0.octetString([0, 255]) }
    list.varbind([1, 3, 6, 1, 9, 3]) { $0.objectIdentifier([1, 3, 6, 1, 4, 1, 9]) }
    list.varbind([1, 3, 6, 1, 9, 4]) { $0.element(0x40, [192, 0, 2, 7]) }
    list.varbind([1, 3, 6, 1, 9, 5]) { $0.integer(4_294_967_295, tag: 0x41) }
    list.varbind([1, 3, 6, 1, 9, 6]) { $0.integer(4_000_000_000, tag: 0x42) }
    list.varbind([1, 3, 6, 1, 9, 7]) { $0.integer(99, tag: 0x43) }
    list.varbind([1, 3, 6, 1, 9, 8]) { $0.element(0x44, [0x9f, 0x78, 4, 0x3f, 0x80, 0, 0]) }
    list.varbind([1, 3, 6, 1, 9, 9]) { $0.element(0x46, [0] + [UInt8](repeating: 0xff, count: 8)) }
    list.varbind([1, 3, 6, 1, 9, 10]) { $0.null() }
    list.varbind([1, 3, 6, 1, 9, 11]) { $0.element(0x44, [1, 2]) }
  }

  static func version1(community: String) -> [UInt8] {
    message(0) { message in
      message.octetString(Array(community.utf8))
      message.constructed(0xa4) { pdu in
        pdu.objectIdentifier([1, 3, 6, 1, 4, 1, 9, 9])
        pdu.element(0x40, [192, 0, 2, 9])
        pdu.integer(6)
        pdu.integer(42)
        pdu.integer(100, tag: 0x43)
        pdu.sequence { $0.varbind([1, 3, 6, 1, 2, 1, 1, 5, 0]) { $0.octetString(Array("hi".utf8)) } }
      }
    }
  }

  /// An authPriv message whose scoped PDU stands in plaintext where its encryption stood.
  static func decrypted(engineID: [UInt8], context: String) -> [UInt8] {
    var scoped = BERWriter()
    scoped.sequence { scoped in
      scoped.octetString(engineID)
      scoped.octetString(Array(context.utf8))
      pdu(&scoped) { _ in }
    }
    return version3(engineID: engineID, data: scoped.octets)
  }

  static func ciphertext(engineID: [UInt8]) -> [UInt8] { version3(engineID: engineID, data: [9, 8, 7, 6]) }

  private static func version3(engineID: [UInt8], data: [UInt8]) -> [UInt8] {
    message(3) { message in
      message.sequence { header in
        header.integer(7)
        header.integer(65_507)
        header.octetString([3])
        header.integer(3)
      }
      var security = BERWriter()
      security.sequence { security in
        security.octetString(engineID)
        security.integer(1)
        security.integer(2)
        security.octetString(Array("noc".utf8))
        security.octetString([UInt8](repeating: 1, count: 24))
        security.octetString([UInt8](repeating: 2, count: 8))
      }
      message.octetString(security.octets)
      message.octetString(data)
    }
  }

  private static func pdu(_ writer: inout BERWriter, _ more: (inout BERWriter) -> Void) {
    writer.constructed(0xa7) { pdu in
      for _ in 0..<3 { pdu.integer(0) }
      pdu.sequence { list in
        list.varbind([1, 3, 6, 1, 2, 1, 1, 3, 0]) { $0.integer(1234, tag: 0x43) }
        list.varbind([1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0]) { $0.objectIdentifier([1, 3, 6, 1, 6, 3, 1, 1, 5, 3]) }
        more(&list)
      }
    }
  }

  private static func message(_ version: Int64, _ rest: (inout BERWriter) -> Void) -> [UInt8] {
    var writer = BERWriter()
    writer.sequence { message in
      message.integer(version)
      rest(&message)
    }
    return writer.octets
  }
}

extension BERWriter {
  mutating func varbind(_ name: [UInt32], _ value: (inout BERWriter) -> Void) {
    sequence { varbind in
      varbind.objectIdentifier(name)
      value(&varbind)
    }
  }
}
