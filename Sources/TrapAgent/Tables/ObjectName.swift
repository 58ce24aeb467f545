/// An object identifier in the form that Net-SNMP takes: one machine word an arc.
internal struct ObjectName: Hashable, Sendable, Comparable, CustomStringConvertible {
  internal let arcs: [UInt]

  internal init(arcs: [UInt]) { self.arcs = arcs }

  /// Dotted decimal, with or without a leading dot: at most 128 arcs of 32 bits (RFC 2578 §3.5), the first at most 2.
  internal init?(_ dotted: String) {
    let text = dotted.hasPrefix(".") ? dotted.dropFirst() : dotted[...]
    var arcs: [UInt] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let arc = UInt32(part) else { return nil }
      arcs.append(UInt(arc))
    }
    guard (2...128).contains(arcs.count), arcs[0] <= 2, arcs[0] == 2 || arcs[1] < 40 else { return nil }
    self.arcs = arcs
  }

  internal static func < (left: ObjectName, right: ObjectName) -> Bool {
    left.arcs.lexicographicallyPrecedes(right.arcs)
  }

  internal static func + (base: ObjectName, arcs: [UInt]) -> ObjectName { ObjectName(arcs: base.arcs + arcs) }

  internal var description: String { arcs.map(String.init).joined(separator: ".") }
}
