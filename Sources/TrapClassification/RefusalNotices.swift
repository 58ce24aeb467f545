internal import SNMPWire
internal import TrapBatching
internal import TrapLedger

/// Lets at most one notice a second through for each cause, and counts the others.
internal struct RefusalNotices {
  private static let interval: UInt64 = 1_000_000_000

  private struct Row {
    var next: UInt64 = 0
    var suppressed: UInt64 = 0
  }

  private var rows: [Row] = Array(repeating: Row(), count: 32)

  mutating func notice(
    _ cause: Cause, _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ peek: TrapPeek, now: UInt64
  ) -> RefusalNotice? {
    let row = cause.rawValue
    guard now >= rows[row].next else {
      rows[row].suppressed += 1
      return nil
    }
    let suppressed = rows[row].suppressed
    rows[row] = Row(next: now + RefusalNotices.interval)
    return RefusalNotice(
      cause: cause, source: facts.source, listener: facts.listener,
      user: RefusalNotices.text(octets, peek.userName), engineID: RefusalNotices.hexadecimal(octets, peek.engineID),
      suppressed: suppressed)
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
