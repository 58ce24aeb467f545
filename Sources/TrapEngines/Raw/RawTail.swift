/// Judges the end of a file of raw records: whether it ends with a whole one.
internal enum RawTail {
  /// Where the file has to be cut, counted from the start of `tail`, its last octets; nil where it ends with a whole
  /// record, or where nothing in `tail` looks like one.
  static func cut(_ tail: [UInt8]) -> Int? {
    guard !tail.isEmpty, !endsWithWholeRecord(tail) else { return nil }
    var start = tail.count - 1
    while start >= 0 {
      if looksTorn(tail, at: start) { return start }
      start -= 1
    }
    return nil
  }

  private static func endsWithWholeRecord(_ tail: [UInt8]) -> Bool {
    guard tail.count >= RawRecord.prefixSize + RawRecord.trailerSize else { return false }
    let size = number(tail, at: tail.count - RawRecord.trailerSize)
    guard size >= RawRecord.prefixSize + RawRecord.trailerSize, size <= tail.count else { return false }
    let start = tail.count - size
    return number(tail, at: start) == Int(RawRecord.magic) && declaredSize(tail, at: start) == size
  }

  /// A record begins here, as far as its octets are there, and does not end in `tail`.
  private static func looksTorn(_ tail: [UInt8], at start: Int) -> Bool {
    let left = tail.count - start
    for index in 0..<min(4, left) {
      guard tail[start + index] == UInt8(truncatingIfNeeded: RawRecord.magic >> UInt32(24 - 8 * index)) else {
        return false
      }
    }
    guard left >= RawRecord.prefixSize else { return true }
    let size = declaredSize(tail, at: start)
    return size > left && size <= RawRecord.sizeMax
  }

  private static func declaredSize(_ octets: [UInt8], at start: Int) -> Int {
    number(octets, at: start + 8) + number(octets, at: start + 12) + RawRecord.trailerSize
  }

  private static func number(_ octets: [UInt8], at offset: Int) -> Int {
    octets[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
