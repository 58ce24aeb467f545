/// Where a name stands below the module's root: everything of ours stands four arcs deep, a scalar's instance or a
/// table's entry; below that come a column and the index.
internal struct ObjectPosition: Equatable {
  /// How many arcs the name has below the root.
  internal let count: Int
  /// The first four arcs, 16 bits each, the first most significant: in the order of a walk. Missing ones are 0, and
  /// larger ones, of which we have none, 65535.
  internal let place: UInt64
  /// The fifth arc; 0 where there is none.
  internal let column: UInt
  /// The sixth and the seventh; 0 where there is none.
  internal let first: UInt
  internal let second: UInt

  /// `arcs` of a name, of which the root's are the first `root`.
  ///
  /// An arc has 32 bits; of what comes through AgentX, Net-SNMP extends the sign of the upper half of them.
  internal init(_ arcs: Span<UInt>, below root: Int) {
    let count = arcs.count - root
    self.count = count
    var place: UInt64 = 0
    for depth in 0..<4 {
      place = place << 16 | UInt64(depth < count ? min(arcs[root + depth] & 0xffff_ffff, 0xffff) : 0)
    }
    self.place = place
    column = count > 4 ? arcs[root + 4] & 0xffff_ffff : 0
    first = count > 5 ? arcs[root + 5] & 0xffff_ffff : 0
    second = count > 6 ? arcs[root + 6] & 0xffff_ffff : 0
  }

  /// The first name of all.
  internal static let root = ObjectPosition([UInt]().span, below: 0)

  internal static func place(of arcs: [UInt]) -> UInt64 { arcs.reduce(0) { $0 << 16 | UInt64($1) } }

  /// The row that the index names; nil where it has too many arcs or too few.
  internal func key(indexArcs: Int) -> UInt64? {
    guard count == 5 + indexArcs else { return nil }
    return indexArcs == 1 ? UInt64(first) : UInt64(first) << 32 | UInt64(second)
  }

  /// The least key of the rows that follow this name in its column, the row of that name among them where `inclusive`;
  /// nil where none can.
  internal func nextKey(indexArcs: Int, inclusive: Bool) -> UInt64? {
    guard count > 5 else { return 0 }
    if indexArcs == 1 {
      return UInt64(first) + (inclusive && count == 6 ? 0 : 1)
    }
    let key = UInt64(first) << 32 | UInt64(second)
    if count == 6 || inclusive && count == 7 { return key }
    return key == .max ? nil : key + 1
  }
}
