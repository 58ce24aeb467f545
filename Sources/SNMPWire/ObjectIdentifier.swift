/// An object identifier that was configured or made for a comparison; never made per trap.
package struct ObjectIdentifier: Hashable, Sendable {
  /// RFC 2578 §3.5.
  package static let maximumCount = 128

  package let subidentifiers: [UInt32]

  /// Dotted decimal of 1 to 128 sub-identifiers, a leading dot allowed: `1.3.6.1.6.3` or `.1.3.6.1.6.3`.
  ///
  /// Nil for anything that no object identifier can begin with: a first arc above 2, a second above 39 below the
  /// arcs 0 and 1, a sub-identifier above 2^32-1, a leading zero, an empty arc.
  package init?(_ dotted: String) {
    let text = dotted.utf8.first == UInt8(ascii: ".") ? dotted.utf8.dropFirst() : dotted.utf8[...]
    var arcs: [UInt32] = []
    let dot = UInt8(ascii: ".")
    for part in text.split(separator: dot, maxSplits: Self.maximumCount, omittingEmptySubsequences: false) {
      guard let arc = Self.arc(part) else { return nil }
      arcs.append(arc)
    }
    self.init(arcs)
  }

  /// The same bounds as for text.
  package init?(_ subidentifiers: [UInt32]) {
    guard 1...Self.maximumCount ~= subidentifiers.count, subidentifiers[0] <= 2 else { return nil }
    if subidentifiers.count > 1 {
      // The first two share one encoded sub-identifier of at most 2^32-1 (X.690 §8.19.4).
      let bound: UInt32 = subidentifiers[0] < 2 ? 39 : .max - 80
      guard subidentifiers[1] <= bound else { return nil }
    }
    self.subidentifiers = subidentifiers
  }

  private static func arc(_ part: Substring.UTF8View) -> UInt32? {
    guard let first = part.first, part.count <= 10 else { return nil }
    guard first != UInt8(ascii: "0") || part.count == 1 else { return nil }
    var value: UInt64 = 0
    for character in part {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= character else { return nil }
      value = value * 10 + UInt64(character - UInt8(ascii: "0"))
    }
    return UInt32(exactly: value)
  }
}

extension ObjectIdentifier: CustomStringConvertible {
  package var description: String {
    subidentifiers.map { String($0) }.joined(separator: ".")
  }
}
