internal import TrapBatching

/// Where a trap came from, as TDomain and TAddress (RFC 2579) have it.
internal enum TransportAddress {
  private static let snmpDomains: [UInt32] = [1, 3, 6, 1, 6, 1]
  private static let transportDomains: [UInt32] = [1, 3, 6, 1, 2, 1, 100, 1]

  /// snmpUDPDomain (RFC 3417) and the domains of RFC 3419 and RFC 6353.
  internal static func domain(_ facts: ArrivalFacts, _ transport: NotificationLog.Transport) -> [UInt32] {
    let isIPv4 = facts.source.isIPv4
    return switch transport {
    case .udp: isIPv4 ? snmpDomains + [1] : transportDomains + [2]
    case .tcp: transportDomains + [isIPv4 ? 5 : 6]
    case .tls: snmpDomains + [8]
    case .dtls: snmpDomains + [9]
    }
  }

  /// The address and the port, in network order; of SnmpTLSAddress (RFC 6353 §7) as text.
  internal static func octets(_ facts: ArrivalFacts, _ transport: NotificationLog.Transport) -> [UInt8] {
    let source = facts.source
    if transport == .tls || transport == .dtls {
      return Array((source.isIPv4 ? "\(source):\(facts.port)" : "[\(source)]:\(facts.port)").utf8)
    }
    let address = source.isIPv4 ? octets(source.low).suffix(4) : (octets(source.high) + octets(source.low))[...]
    return address + [UInt8(facts.port >> 8), UInt8(facts.port & 0xff)]
  }

  private static func octets(_ word: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
  }
}
