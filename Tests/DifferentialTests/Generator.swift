import SNMPWire

/// Notifications of every kind, the same ones for the same seed: every pair of protocols, every type with the values at
/// its bounds, every form of length.
struct Generator {
  var random: SplitMix64
  private var count = 0

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func next() -> Message {
    count += 1
    // In turn, so that few messages are enough for all.
    let kind = count % (Sender.all.count + 2)
    let tag: UInt8 = kind == 0 ? BERTag.trapV1 : pick([BERTag.trapV2, BERTag.trapV2, BERTag.inform])
    let envelope: Message.Envelope =
      kind < 2
      ? .community(version: Int64(kind == 0 ? below(8) / 7 : 1 - below(8) / 7), octets(below(20)))
      : .user(Sender.all[kind - 2], contextName: below(2) == 0 ? [] : octets(below(33)))
    return Message(envelope: envelope, pdu: pdu(tag), number: Int32(count))
  }

  mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  mutating func octets(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) } }

  private mutating func pdu(_ tag: UInt8) -> [UInt8] {
    var content: [UInt8] = []
    if tag == BERTag.trapV1 {
      content += element(BERTag.objectIdentifier, oid())
      content += element(BERTag.ipAddress, octets(4))
      content += integer(pick([0, 1, 2, 3, 4, 5, 6, 6, 6, 7, -1]), BERTag.integer)
      content += integer(pick([0, 1, 127, 128, 65_535, Int64(Int32.max), -1, Int64(Int32.min)]), BERTag.integer)
      content += integer(pick([0, 255, 1 << 31, Int64(UInt32.max)]), BERTag.timeTicks)
    } else {
      content += integer(pick([0, 1, 4711, Int64(Int32.max), -1, Int64(Int32.min)]), BERTag.integer)
      content += integer(pick([0, 0, 0, 5, 255]), BERTag.integer) + integer(pick([0, 0, 1, -1]), BERTag.integer)
    }
    return element(tag, content + element(BERTag.sequence, varbinds(tag)))
  }

  private mutating func varbinds(_ tag: UInt8) -> [UInt8] {
    var list: [UInt8] = []
    if tag != BERTag.trapV1, below(8) != 0 {
      list += Self.sysUpTime + element(BERTag.timeTicks, [1, 2, 3])
      list[1] = UInt8(list.count - 2)
      list += element(
        BERTag.sequence,
        element(BERTag.objectIdentifier, [43, 6, 1, 6, 3, 1, 1, 4, 1, 0]) + element(BERTag.objectIdentifier, oid()))
    }
    for _ in 0..<pick([0, 1, 2, 3, 4, 5, 12]) {
      list += element(BERTag.sequence, element(BERTag.objectIdentifier, oid()) + value())
    }
    return list
  }

  private static let sysUpTime: [UInt8] = [0x30, 0, 6, 8, 43, 6, 1, 2, 1, 1, 3, 0]

  /// Content octets.
  private mutating func oid() -> [UInt8] {
    var arcs: [UInt64] = [pick([43, 43, 43, 0, 39, 40, 79, 80, 120, 127, 128, 2000])]
    switch below(16) {
    case 0: break
    case 1: arcs += [UInt64](repeating: UInt64(below(300)), count: 126)
    default:
      for _ in 0..<(1 + below(16)) {
        arcs.append(pick([UInt64(below(256)), 0, 1, 127, 128, 16_383, 16_384, 1 << 28, UInt64(UInt32.max)]))
      }
    }
    return arcs.flatMap(Generator.encoded)
  }

  private static func encoded(_ arc: UInt64) -> [UInt8] {
    var octets = [UInt8(arc & 0x7F)]
    var rest = arc >> 7
    while rest > 0 {
      octets.insert(0x80 | UInt8(rest & 0x7F), at: 0)
      rest >>= 7
    }
    return octets
  }

  private mutating func value() -> [UInt8] {
    let edges: [Int64] = [0, 1, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 0x7F_FFFF, 0x80_0000]
    let unsigned = edges + [Int64(Int32.max), Int64(Int32.max) + 1, Int64(UInt32.max)]
    switch below(14) {
    case 0, 1: return integer(pick(edges + edges.map { -$0 } + [Int64(Int32.max), Int64(Int32.min)]), BERTag.integer)
    case 2, 3: return element(BERTag.octetString, octets(pick([0, 1, 8, 127, 128, 255, 256, below(2000)])))
    case 4: return element(BERTag.objectIdentifier, oid())
    case 5: return element(BERTag.ipAddress, octets(4))
    case 6: return integer(pick(unsigned), BERTag.counter32)
    case 7: return integer(pick(unsigned), BERTag.unsigned32)
    case 8: return integer(pick(unsigned), BERTag.timeTicks)
    case 9: return element(BERTag.opaque, octets(below(24)))
    case 10: return element(BERTag.opaque, [0x9F, 0x78, 4] + octets(4))
    case 11: return element(BERTag.opaque, [0x9F, 0x79, 8] + octets(8))
    case 12: return counter64()
    default: return element(pick([BERTag.null, BERTag.noSuchObject, BERTag.noSuchInstance, BERTag.endOfMibView]), [])
    }
  }

  private mutating func counter64() -> [UInt8] {
    guard below(3) != 0 else { return element(BERTag.counter64, [0] + [UInt8](repeating: 0xFF, count: 8)) }
    return integer(pick([0, 255, 1 << 31, 1 << 32, 1 << 62, .max, Int64(random.next() >> 1)]), 0x46)
  }

  private mutating func integer(_ value: Int64, _ tag: UInt8) -> [UInt8] {
    var writer = BERWriter()
    writer.integer(value, tag: tag)
    return writer.octets
  }

  /// Now and then with more octets of length than it needs, which RFC 3417 §8 allows.
  private mutating func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    guard below(24) == 0 else {
      var writer = BERWriter()
      writer.element(tag, content)
      return writer.octets
    }
    let size = content.count
    let length = (0..<4).map { UInt8(truncatingIfNeeded: size >> (24 - 8 * $0)) }
    let width = max(pick([1, 2, 3, 4]), size > 0xFFFF ? 3 : size > 0xFF ? 2 : 1)
    return [tag, 0x80 | UInt8(width)] + length.suffix(width) + content
  }
}
