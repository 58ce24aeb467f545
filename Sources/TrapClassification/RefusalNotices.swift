internal import SNMPWire
internal import TrapBatching
internal import TrapLedger

/// Lets one notice of each source through in a second, of at most so many sources for each cause, and counts the others.
/// So a flood from one source does not hide a device that needs its secret mended, and a flood from invented ones
/// writes few lines.
internal struct RefusalNotices {
  private static let interval: UInt64 = 1_000_000_000
  private static let sourcesMax = 8

  private struct Row {
    /// Monotonic nanoseconds at which the second ends that `named` is about.
    var next: UInt64 = 0
    var suppressed: UInt64 = 0
    var named: [SourceAddress] = []

    mutating func admits(_ source: SourceAddress, now: UInt64) -> Bool {
      if now >= next {
        next = now + RefusalNotices.interval
        named.removeAll(keepingCapacity: true)
      }
      guard named.count < RefusalNotices.sourcesMax, !named.contains(source) else { return false }
      named.append(source)
      return true
    }
  }

  private var rows: [Row] = Array(repeating: Row(), count: 32)

  mutating func notice(
    _ cause: Cause, _ facts: ArrivalFacts, _ octets: Span<UInt8>, userName: Range<Int>, engineID: Range<Int>,
    clock: RefusalNotice.Clock, now: UInt64
  ) -> RefusalNotice? {
    let row = cause.rawValue
    guard rows[row].admits(facts.source, now: now) else {
      rows[row].suppressed += 1
      return nil
    }
    let suppressed = rows[row].suppressed
    rows[row].suppressed = 0
    return RefusalNotice(
      cause: cause, source: facts.source, listener: facts.listener,
      user: RefusalNotices.text(octets, userName), engineID: RefusalNotices.hexadecimal(octets, engineID),
      clock: clock, suppressed: suppressed)
  }

  private static func text(_ octets: Span<UInt8>, _ range: Range<Int>) -> String {
    let shown = range.prefix(V3Identity.octetsMax)
    guard shown.allSatisfy({ 0x21...0x7E ~= octets[$0] }) else { return "0x" + hexadecimal(octets, range) }
    return String(decoding: shown.map { octets[$0] }, as: UTF8.self)
  }

  private static func hexadecimal(_ octets: Span<UInt8>, _ range: Range<Int>) -> String {
    let digits = Array("0123456789abcdef")
    return range.prefix(V3Identity.octetsMax).reduce(into: "") { text, index in
      text.append(digits[Int(octets[index] >> 4)])
      text.append(digits[Int(octets[index] & 15)])
    }
  }
}
