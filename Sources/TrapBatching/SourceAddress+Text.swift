internal import Glibc

extension SourceAddress: CustomStringConvertible {
  /// From dotted IPv4 or RFC 4291 IPv6 text; nil for anything else, a zone (`%eth0`) included.
  package init?(_ text: String) {
    // A C function would stop reading at a zero octet and take what stands before it.
    guard !text.utf8.contains(0) else { return nil }
    var four = in_addr()
    if unsafe inet_pton(AF_INET, text, &four) == 1 {
      self.init(ipv4: UInt32(bigEndian: four.s_addr))
      return
    }
    var six = in6_addr()
    guard unsafe inet_pton(AF_INET6, text, &six) == 1 else { return nil }
    let (high, low) = unsafe withUnsafeBytes(of: six) { octets in
      unsafe (octets.load(as: UInt64.self), octets.load(fromByteOffset: 8, as: UInt64.self))
    }
    self.init(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
  }

  package var description: String {
    var text: [UInt8] = []
    appendText(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends dotted IPv4 text, or IPv6 text as RFC 5952 has it: lower case, the longest run of zeros shortened.
  package func appendText(to text: inout [UInt8]) {
    if let ipv4 {
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        SourceAddress.appendDecimal(UInt8(truncatingIfNeeded: ipv4 >> shift), to: &text)
        if shift > 0 { text.append(UInt8(ascii: ".")) }
      }
      return
    }
    let zeros = longestRunOfZeroGroups()
    var index = 0
    while index < 8 {
      if index == zeros.lowerBound && !zeros.isEmpty {
        text.append(UInt8(ascii: ":"))
        if index == 0 { text.append(UInt8(ascii: ":")) }
        index = zeros.upperBound
        continue
      }
      SourceAddress.appendHexadecimal(group(index), to: &text)
      if index < 7 { text.append(UInt8(ascii: ":")) }
      index += 1
    }
  }

  /// RFC 5952 §4.2: the longest run of two or more groups of zero, the first of equals.
  private func longestRunOfZeroGroups() -> Range<Int> {
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8 && group(end) == 0 { end += 1 }
      if end - start >= 2 && end - start > best.count { best = start..<end }
      start = max(end, start + 1)
    }
    return best
  }

  private static func appendDecimal(_ octet: UInt8, to text: inout [UInt8]) {
    if octet >= 100 { text.append(UInt8(ascii: "0") + octet / 100) }
    if octet >= 10 { text.append(UInt8(ascii: "0") + octet / 10 % 10) }
    text.append(UInt8(ascii: "0") + octet % 10)
  }

  private static func appendHexadecimal(_ group: UInt16, to text: inout [UInt8]) {
    var started = false
    for shift in stride(from: UInt16(12), through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: group >> shift & 0xf)
      started = started || digit != 0 || shift == 0
      if started { text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10) }
    }
  }
}
