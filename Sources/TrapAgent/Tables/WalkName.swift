/// A name as walks are recognised by.
internal enum WalkName {
  /// FNV-1a over the arcs, a word at a time.
  internal static func hash(_ arcs: Span<UInt>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in arcs.indices { hash = (hash ^ UInt64(arcs[index] & 0xffff_ffff)) &* 0x0000_0100_0000_01b3 }
    return hash
  }
}
