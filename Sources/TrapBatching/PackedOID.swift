/// An object identifier in a place of fixed size, as its BER content octets. Empty: none.
package struct PackedOID: Sendable {
  /// Octets. Longer identifiers are not kept: those of traps that are in use take half of it.
  package static let capacity = 47

  private var octets = InlineArray<47, UInt8>(repeating: 0)
  private var count: UInt8 = 0

  package init() {}

  /// From its sub-identifiers, two at least; empty where they take more than `capacity` octets.
  package init(count arcs: Int, _ arc: (Int) -> UInt32) {
    guard arcs >= 2 else { return }
    append(arc(0) &* 40 &+ arc(1))
    for index in 2..<arcs {
      guard append(arc(index)) else {
        count = 0
        return
      }
    }
  }

  package var isEmpty: Bool { count == 0 }

  package var arcs: [UInt32] {
    var arcs: [UInt32] = []
    var value: UInt32 = 0
    for place in 0..<Int(count) {
      value = value << 7 | UInt32(octets[place] & 0x7F)
      guard octets[place] < 0x80 else { continue }
      if arcs.isEmpty {
        // X.690 §8.19.4: the first two share one.
        let first = min(value / 40, 2)
        arcs += [first, value - first * 40]
      } else {
        arcs.append(value)
      }
      value = 0
    }
    return arcs
  }

  @discardableResult
  private mutating func append(_ arc: UInt32) -> Bool {
    let groups = max(1, (38 - arc.leadingZeroBitCount) / 7)
    guard Int(count) + groups <= PackedOID.capacity else { return false }
    for group in (0..<groups).reversed() {
      let more: UInt8 = group > 0 ? 0x80 : 0
      octets[Int(count)] = UInt8(truncatingIfNeeded: arc >> UInt32(7 * group)) & 0x7F | more
      count += 1
    }
    return true
  }
}
