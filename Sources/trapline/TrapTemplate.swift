/// One encoded trap with places to write its numbers into, for sequence numbers of given widths.
///
/// BER integers have no padding, so there is one template for each pair of widths; within a pair, a trap is a copy
/// of the template with a few octets written over.
struct TrapTemplate {
  enum Version: Sendable { case v1, v2c }

  struct Shape: Sendable {
    var version = Version.v2c
    var community = "public"
    /// Variable bindings besides sysUpTime.0 and snmpTrapOID.0; three at least: the run and the two numbers.
    var varbinds = 7
    /// The message is padded to at least this many octets.
    var size = 0
    var run: UInt32 = 0

    /// SNMPv1 has no Counter64 (RFC 2576 §3).
    fileprivate var counter: UInt8 { version == .v1 ? BEREncoder.gauge32 : BEREncoder.counter64 }
    /// The highest number that a trap can tell.
    var numberMax: UInt64 { version == .v1 ? UInt64(UInt32.max) : .max }
  }

  let octets: [UInt8]
  let sequenceRange: Range<Int>
  let sourceSequenceRange: Range<Int>
  /// Four octets; empty in a v1 trap.
  let requestIDRange: Range<Int>

  init(_ shape: Shape, sequenceWidth: Int, sourceSequenceWidth: Int) {
    // Numbers that occur nowhere else in the message mark the places.
    let sequenceMark = TrapTemplate.mark(0x5d, sequenceWidth)
    let sourceMark = TrapTemplate.mark(0x6e, sourceSequenceWidth)
    let make = { (padding: Int?) in
      TrapTemplate.message(shape, sequenceMark, sourceMark, padding: padding)
    }
    var octets = make(nil)
    if octets.count < shape.size {
      var padding = shape.size - octets.count
      octets = make(padding)
      padding = max(0, padding - (octets.count - shape.size))
      octets = make(padding)
    }
    self.octets = octets
    sequenceRange = TrapTemplate.place(
      of: TrapTemplate.varbind(BlastOID.sequence, shape.counter, sequenceMark), sequenceWidth, in: octets)
    sourceSequenceRange = TrapTemplate.place(
      of: TrapTemplate.varbind(BlastOID.sourceSequence, shape.counter, sourceMark), sourceSequenceWidth, in: octets)
    requestIDRange =
      shape.version == .v1
      ? 0..<0
      : TrapTemplate.place(of: BEREncoder.element(BEREncoder.integer, TrapTemplate.requestIDMark), 4, in: octets)
  }

  private static let requestIDMark: [UInt8] = [0x5a, 0xa5, 0x5a, 0xa5]

  private static func mark(_ octet: UInt8, _ width: Int) -> [UInt8] { [UInt8](repeating: octet, count: width) }

  private static func message(_ shape: Shape, _ sequence: [UInt8], _ source: [UInt8], padding: Int?) -> [UInt8] {
    let counter = shape.counter
    var varbinds = [
      varbind(BlastOID.sourceSequence, counter, source),
      varbind(BlastOID.sequence, counter, sequence),
      varbind(BlastOID.run, BEREncoder.gauge32, BEREncoder.unsignedOctets(UInt64(shape.run))),
    ]
    for extra in 0..<max(0, shape.varbinds - 3) { varbinds.append(interfaceVarbind(extra)) }
    if let padding {
      varbinds.append(varbind(BlastOID.padding, BEREncoder.octetString, mark(UInt8(ascii: "x"), padding)))
    }
    let (version, pdu): (UInt64, [UInt8]) =
      shape.version == .v1 ? (0, trapV1PDU(varbinds)) : (1, trapV2PDU(varbinds))
    return BEREncoder.element(
      BEREncoder.sequence,
      of: [
        BEREncoder.number(BEREncoder.integer, version),
        BEREncoder.element(BEREncoder.octetString, Array(shape.community.utf8)), pdu,
      ])
  }

  private static func trapV1PDU(_ varbinds: [[UInt8]]) -> [UInt8] {
    BEREncoder.element(
      BEREncoder.trapV1,
      of: [
        BEREncoder.objectIdentifier(BlastOID.root), BEREncoder.element(BEREncoder.ipAddress, [192, 0, 2, 1]),
        BEREncoder.number(BEREncoder.integer, 6), BEREncoder.number(BEREncoder.integer, 1),
        BEREncoder.number(BEREncoder.timeTicks, 66_051), BEREncoder.element(BEREncoder.sequence, of: varbinds),
      ])
  }

  private static func trapV2PDU(_ varbinds: [[UInt8]]) -> [UInt8] {
    let head = [
      varbind([1, 3, 6, 1, 2, 1, 1, 3, 0], BEREncoder.timeTicks, BEREncoder.unsignedOctets(66_051)),
      BEREncoder.element(
        BEREncoder.sequence,
        of: [
          BEREncoder.objectIdentifier([1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0]),
          BEREncoder.objectIdentifier(BlastOID.trap),
        ]),
    ]
    return BEREncoder.element(
      BEREncoder.trapV2,
      of: [
        BEREncoder.element(BEREncoder.integer, requestIDMark), BEREncoder.number(BEREncoder.integer, 0),
        BEREncoder.number(BEREncoder.integer, 0), BEREncoder.element(BEREncoder.sequence, of: head + varbinds),
      ])
  }

  private static func varbind(_ name: [UInt32], _ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    BEREncoder.element(
      BEREncoder.sequence, of: [BEREncoder.objectIdentifier(name), BEREncoder.element(tag, content)])
  }

  /// What an interface's trap would carry: ifIndex, ifDescr, ifAdminStatus, ifOperStatus in turn.
  private static func interfaceVarbind(_ number: Int) -> [UInt8] {
    let interface = UInt32(number / 4 + 1)
    let column: [UInt32] = [1, 3, 6, 1, 2, 1, 2, 2, 1]
    switch number % 4 {
    case 0: return varbind(column + [1, interface], BEREncoder.integer, [UInt8(truncatingIfNeeded: interface & 0x7f)])
    case 1:
      let name = Array("GigabitEthernet0/0/\(interface)".utf8)
      return varbind(column + [2, interface], BEREncoder.octetString, name)
    case 2: return varbind(column + [7, interface], BEREncoder.integer, [1])
    default: return varbind(column + [8, interface], BEREncoder.integer, [2])
    }
  }

  /// The last `width` octets of where `part` stands in the message.
  private static func place(of part: [UInt8], _ width: Int, in octets: [UInt8]) -> Range<Int> {
    let start = (0...(octets.count - part.count)).first { octets[$0..<($0 + part.count)].elementsEqual(part) }
    guard let start else { preconditionFailure("a part of the trap is not in it") }
    return (start + part.count - width)..<(start + part.count)
  }
}
