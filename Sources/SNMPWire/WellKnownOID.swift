/// The two instances that every v2 notification begins with (RFC 3416 §4.2.6), compared in their encoded form.
enum WellKnownOID {
  /// 1.3.6.1.2.1.1.3.0
  static func isSysUpTime(_ name: Range<Int>, _ octets: Span<UInt8>) -> Bool {
    guard name.count == 8 else { return false }
    return BERInteger.unsigned(name, octets) == 0x2B06_0102_0101_0300
  }

  /// 1.3.6.1.6.3.1.1.4.1.0
  static func isSnmpTrapOID(_ name: Range<Int>, _ octets: Span<UInt8>) -> Bool {
    guard name.count == 10 else { return false }
    return BERInteger.unsigned(name.prefix(8), octets) == 0x2B06_0106_0301_0104
      && octets[name.lowerBound + 8] == 1 && octets[name.lowerBound + 9] == 0
  }
}
