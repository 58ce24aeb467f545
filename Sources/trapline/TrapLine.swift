internal import CTrapBlast

/// What `verify` needs of one line of a JSON-lines file, found by scanning and not by parsing.
enum TrapLine {
  case blast(number: UInt64, key: UInt64)
  case missed(count: UInt64)
  case other

  private static let sourceNumber = "\"oid\":\"" + BlastOID.text(BlastOID.sourceSequence) + "\""
  private static let run = "\"oid\":\"" + BlastOID.text(BlastOID.run) + "\""

  init(_ line: UnsafeRawBufferPointer) {
    if let count = unsafe TrapLine.number(in: line, after: "{\"missed\":", then: "\"count\":") {
      self = .missed(count: count)
      return
    }
    guard
      let number = unsafe TrapLine.number(in: line, after: TrapLine.sourceNumber, then: "\"value\":"),
      let run = unsafe TrapLine.number(in: line, after: TrapLine.run, then: "\"value\":"),
      let source = unsafe TrapLine.find("\"source\":\"", in: line, from: 0)
    else {
      self = .other
      return
    }
    self = unsafe .blast(number: number, key: TrapLine.key(in: line, from: source, run: run))
  }

  /// FNV-1a over the source's text, begun with the run.
  private static func key(in line: UnsafeRawBufferPointer, from start: Int, run: UInt64) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ run
    var index = start
    while unsafe index < line.count && line[index] != UInt8(ascii: "\"") {
      hash = unsafe (hash ^ UInt64(line[index])) &* 0x100_0000_01b3
      index += 1
    }
    return hash
  }

  /// The decimal number that follows `second`, which follows `first`; quotation marks around it are passed over.
  private static func number(in line: UnsafeRawBufferPointer, after first: String, then second: String) -> UInt64? {
    guard let place = unsafe find(first, in: line, from: 0), var index = unsafe find(second, in: line, from: place)
    else { return nil }
    if index < line.count, unsafe line[index] == UInt8(ascii: "\"") { index += 1 }
    var (value, digits): (UInt64, Int) = (0, 0)
    while index < line.count, let digit = unsafe line[index].decimalDigit, digits < 19 {
      value = value * 10 + UInt64(digit)
      digits += 1
      index += 1
    }
    return digits > 0 ? value : nil
  }

  /// The offset just behind `needle`.
  private static func find(_ needle: String, in line: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = line.baseAddress else { return nil }
    let octets = unsafe base.assumingMemoryBound(to: UInt8.self) + start
    let length = needle.utf8.count
    let found = unsafe blast_find(octets, line.count - start, needle, length)
    return found < 0 ? nil : start + found + length
  }
}

extension UInt8 {
  fileprivate var decimalDigit: UInt8? { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) ? self - 0x30 : nil }
}
